"""Makes all goldens of this folder."""

import noise

if __name__ == "__main__":
    noise.main()

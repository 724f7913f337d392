"""Makes all goldens of this folder."""

import levels
import noise
import runs
import samplers

if __name__ == "__main__":
    noise.main()
    levels.main()
    samplers.main()
    runs.main()

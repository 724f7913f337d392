"""k-diffusion's sampling module alone: the package's own __init__ wants training libraries."""

import importlib.util
import pathlib
import sys
import types

spec = importlib.util.find_spec("k_diffusion")
folder = pathlib.Path(next(iter(spec.submodule_search_locations)))


def load(name, package):
    child = importlib.util.spec_from_file_location(f"k_diffusion.{name}", folder / f"{name}.py")
    module = importlib.util.module_from_spec(child)
    sys.modules[f"k_diffusion.{name}"] = module
    setattr(package, name, module)
    child.loader.exec_module(module)
    return module


package = types.ModuleType("k_diffusion")
package.__path__ = [str(folder)]
sys.modules["k_diffusion"] = package
# sampling.py needs append_dims alone of utils.py, which wants torchvision.
utils = types.ModuleType("k_diffusion.utils")
utils.append_dims = lambda x, dims: x[(...,) + (None,) * (dims - x.ndim)]
sys.modules["k_diffusion.utils"] = utils
package.utils = utils
sampling = load("sampling", package)

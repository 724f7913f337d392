import runpy

for name in ("make_files", "make_operations", "make_latents", "make_rework", "make_control"):
    runpy.run_module(name, run_name="__main__")

"""Layered pictures as other programs write them: castle.psd by psd-tools, castle.ora by the OpenRaster specification's rules."""
import io, sys, zipfile
from PIL import Image
from psd_tools import PSDImage
out = sys.argv[1]
def pic(w, h, f):
    im = Image.new("RGBA", (w, h)); im.putdata([f(x, y) for y in range(h) for x in range(w)]); return im
ground = pic(40, 30, lambda x, y: (x * 6, y * 8, 90, 255))
tower = pic(12, 16, lambda x, y: (200, 10 * y, 20 * x, 255 if (x + y) % 3 else 128))
flag = pic(6, 4, lambda x, y: (255, 0, 30 * x, 255))
psd = PSDImage.new("RGBA", (40, 30))
a = psd.create_pixel_layer(ground, name="ground")
b = psd.create_pixel_layer(tower, name="tower", top=9, left=20, opacity=128)
c = psd.create_pixel_layer(flag, name="flag", top=-1, left=37); c.visible = False
psd.save(out + "/castle.psd")
def png(im):
    b = io.BytesIO(); im.save(b, "PNG"); return b.getvalue()
with zipfile.ZipFile(out + "/castle.ora", "w") as z:
    z.writestr("mimetype", "image/openraster", zipfile.ZIP_STORED)
    z.writestr("stack.xml", """<?xml version='1.0' encoding='UTF-8'?>
<image version="0.0.3" w="40" h="30"><stack>
<layer name="flag" src="data/layer2.png" x="37" y="-1" visibility="hidden"/>
<stack name="group" opacity="0.5"><layer name="tower 塔" src="data/layer1.png" x="20" y="9" opacity="1.0"/></stack>
<layer name="ground" src="data/layer0.png"/></stack></image>""", zipfile.ZIP_DEFLATED)
    for i, im in enumerate([ground, tower, flag]):
        z.writestr("data/layer%d.png" % i, png(im))
    z.writestr("mergedimage.png", png(ground))

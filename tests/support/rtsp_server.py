"""A real RTSP server for tests: GStreamer's, with generated pictures or a file.

Usage: rtsp_server.py [--login basic|digest USER PASSWORD] NAME=SOURCE ...      SOURCE: h264 | h265 | mjpeg, each with @WIDTHxHEIGHT or not | file:/path/to/video.mp4 (H.264 in MP4)
Prints "rtsp ready PORT"; a stream is at rtsp://127.0.0.1:PORT/NAME. On its standard input, "drop NAME" ends a
stream's sessions and refuses new ones, as a camera that lost power does; "restore NAME" brings it back.
"""
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

PICTURES = (
    "videotestsrc is-live=true pattern={pattern} "
    "! video/x-raw,width={width},height={height},framerate=25/1,format=I420 ! clockoverlay"
)
ENCODERS = {
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast bitrate=800 key-int-max=25 ! rtph264pay name=pay0 pt=96 config-interval=1",
    "h265": "x265enc tune=zerolatency speed-preset=ultrafast bitrate=800 key-int-max=25 ! rtph265pay name=pay0 pt=96 config-interval=1",
    "mjpeg": "jpegenc quality=80 ! rtpjpegpay name=pay0 pt=26",
}
PATTERNS = ["ball", "smpte", "pinwheel", "circular", "spokes"]


def launch_line(index, source):
    if source.startswith("file:"):
        return f'( filesrc location="{source[5:]}" ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=1 )'
    source, _, size = source.partition("@")
    width, _, height = (size or "640x360").partition("x")
    if source not in ENCODERS:
        sys.exit(f"rtsp_server.py: {source} is not h264, h265, mjpeg or file:PATH")
    return f"( {PICTURES.format(pattern=PATTERNS[index % len(PATTERNS)], width=width, height=height)} ! {ENCODERS[source]} )"


def main(arguments):
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    mounts = server.get_mount_points()
    streams = {}
    viewers = {}
    login = None
    if arguments and arguments[0] == "--login":
        _, how, user, password, *arguments = arguments
        login = GstRtspServer.RTSPToken()
        login.set_string("media.factory.role", "viewer")
        auth = GstRtspServer.RTSPAuth()
        if how == "basic":
            auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
            auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), login)
        else:
            auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
            auth.add_digest(user, password, login)
        server.set_auth(auth)
    for index, argument in enumerate(arguments):
        name, _, source = argument.partition("=")
        streams[name] = launch_line(index, source)

    def restore(name):
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(streams[name])
        factory.set_shared(True)
        if login:
            permissions = GstRtspServer.RTSPPermissions()
            permissions.add_permission_for_role("viewer", "media.factory.access", True)
            permissions.add_permission_for_role("viewer", "media.factory.construct", True)
            factory.set_permissions(permissions)
        mounts.add_factory(f"/{name}", factory)

    def drop(name):
        mounts.remove_factory(f"/{name}")
        for client in viewers.pop(name, set()):
            client.close()

    def play(client, context):
        viewers.setdefault(context.uri.abspath.strip("/").split("/")[0], set()).add(client)

    def closed(client):
        for clients in viewers.values():
            clients.discard(client)

    def connected(_server, client):
        client.connect("play-request", play)
        client.connect("closed", closed)

    server.connect("client-connected", connected)
    for name in streams:
        restore(name)
    if server.attach(None) == 0:
        sys.exit("rtsp_server.py: cannot listen on 127.0.0.1")
    loop = GLib.MainLoop()

    def obey():
        for line in sys.stdin:
            verb, _, name = line.strip().partition(" ")
            if name in streams and verb in ("drop", "restore"):
                GLib.idle_add({"drop": drop, "restore": restore}[verb], name)
        GLib.idle_add(loop.quit)

    print(f"rtsp ready {server.get_bound_port()}", flush=True)
    threading.Thread(target=obey, daemon=True).start()
    loop.run()


main(sys.argv[1:])

"""The families of episodes with a picture: how often frames come, how large they are and how they are encoded.

Every family keeps its keyframes at fixed distances, wherever the cuts are, but "scene cuts", which leaves them to
x264's eye.
"""

import json
import subprocess
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

FILM, PAL, NTSC = Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001)
VFR_BLOCK = 120  # frames after which a variable rate changes
VFR_STEPS = (1 / 24, 1 / 48)  # seconds between frames, by turns
VFR_JITTER = 0.004  # seconds by which a phone's frames are early or late
HDR = ("zscale=rin=tv:pin=bt709:tin=bt709:min=bt709:r=tv:p=bt2020:t=smpte2084:m=bt2020nc:npl=203,format=yuv420p10le")
HDR_TAGS = "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"


@dataclass(frozen=True)
class Family:
    """How episodes of one kind are made."""

    name: str
    seconds: float  # of the episode
    rate: Fraction  # of the frames that are drawn
    size: tuple = (640, 360)  # in which they are drawn
    gop: float = 2.0  # seconds between keyframes; 0: where the encoder finds a scene cut
    suffix: str = "mp4"
    filters: str = ""
    encoder: tuple = ("-c:v", "libx264", "-preset", "superfast", "-crf", "25")
    has_titles: bool = False  # begins and ends as others of its half do
    frames_a_picture: int = 1  # 2: two drawn frames are the fields of one
    is_vfr: bool = False
    rotation: int = 0  # degrees by which a player turns the picture

    @property
    def coded_rate(self):
        return self.rate / self.frames_a_picture

    def clock(self, number):
        """When a drawn frame is meant to be shown."""
        if not self.is_vfr:
            return number / float(self.rate)
        block, within = divmod(number, 2 * VFR_BLOCK)
        slow, fast = min(within, VFR_BLOCK), max(0, within - VFR_BLOCK)
        ramp = block * VFR_BLOCK * sum(VFR_STEPS) + slow * VFR_STEPS[0] + fast * VFR_STEPS[1]
        return ramp + VFR_JITTER * (1 + np.sin(12.9 * number))


X264_LOW = ("-c:v", "libx264", "-preset", "veryfast", "-b:v", "160k", "-maxrate", "240k", "-bufsize", "480k")
X264_BROADCAST = ("-c:v", "libx264", "-preset", "veryfast", "-b:v", "5M", "-maxrate", "8M", "-bufsize", "10M")
X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-crf", "26", "-tag:v", "hvc1")
SVT = ("-c:v", "libsvtav1", "-preset", "12", "-crf", "40")
VPX = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "700k", "-row-mt", "0")
MPEG2 = ("-c:v", "mpeg2video", "-b:v", "3M", "-flags", "+ildct+ilme", "-top", "1", "-bf", "2")

FAMILIES = (
    Family("0.5 s GOPs", 200, PAL, gop=0.5, has_titles=True),
    Family("2 s GOPs", 240, FILM, has_titles=True),
    Family("10 s GOPs", 200, NTSC, gop=10, has_titles=True),
    Family("scene-cut keyframes", 180, PAL, gop=0),
    Family("many scenes", 480, PAL, size=(320, 180)),
    Family("50 fps", 70, Fraction(50)),
    Family("variable rate", 90, Fraction(30), is_vfr=True),
    Family("interlaced", 70, Fraction(50), gop=0.48, suffix="ts", filters="interlace=scan=tff:lowpass=linear",
           encoder=MPEG2, frames_a_picture=2),
    Family("letterboxed", 90, FILM, size=(640, 272), filters="pad=640:360:0:44"),
    Family("rotated", 75, Fraction(30), size=(360, 640), filters="transpose=clock", rotation=90),
    Family("HDR", 75, PAL, suffix="mkv", filters=HDR, encoder=X265),
    Family("AV1", 60, PAL, suffix="mkv", encoder=SVT),
    Family("VP9", 60, PAL, suffix="webm", encoder=VPX),
    Family("240p", 90, PAL, size=(424, 240), encoder=X264_LOW),
)


def encode(family, frames, sound, path):
    """Writes the frames (bytes of yuv420p each) and the WAV file `sound` as the family asks."""
    size = f"{family.size[0]}x{family.size[1]}"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r",
               str(family.rate), "-color_range", "tv", "-colorspace", "bt709", "-i", "pipe:0", "-i", str(sound)]
    filters = [part for part in (family.filters, _timing(family)) if part]
    command += ["-vf", ",".join(filters)] if filters else []
    command += ["-fps_mode", "passthrough", "-enc_time_base", "1:90000"] if family.is_vfr else []
    command += [*family.encoder, *_keyframes(family), "-threads", "1"]
    command += ["-c:a", "libopus" if family.suffix == "webm" else "aac", "-b:a", "96k", "-bitexact"]
    straight = path.with_stem("straight") if family.rotation else path
    command.append(str(straight))
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        for frame in frames:
            encoder.stdin.write(frame)
        encoder.stdin.close()
    if encoder.returncode:
        raise subprocess.CalledProcessError(encoder.returncode, command)
    if family.rotation:  # FFmpeg writes a display matrix only where it copies
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin", "-i", straight, "-c", "copy", "-metadata:s:v:0",
                        f"rotate={family.rotation}", "-bitexact", path], check=True)


def _timing(family):
    """The filter that shows frames when Family.clock says."""
    if not family.is_vfr:
        return ""
    slow, fast = VFR_STEPS
    within = f"mod(N,{2 * VFR_BLOCK})"
    return (f"setpts='(floor(N/{2 * VFR_BLOCK})*{VFR_BLOCK * (slow + fast):.9f}+min({within},{VFR_BLOCK})*{slow:.9f}"
            f"+max({within}-{VFR_BLOCK},0)*{fast:.9f}+{VFR_JITTER}*(1+sin(12.9*N)))/TB',settb=1/90000")


def _keyframes(family):
    """Options for keyframes at fixed distances and nowhere else."""
    if not family.gop:
        return []
    frames = str(round(family.gop * family.coded_rate))
    if "libx265" in family.encoder:
        return ["-x265-params", f"log-level=error:pools=1:keyint={frames}:min-keyint={frames}:scenecut=0:{HDR_TAGS}"]
    if "libsvtav1" in family.encoder:
        return ["-g", frames, "-svtav1-params", "scd=0:lp=1"]
    if "libvpx-vp9" in family.encoder:
        return ["-g", frames, "-keyint_min", frames]
    off = "1000000000" if "mpeg2video" in family.encoder else "0"
    return ["-g", frames, "-keyint_min", frames, "-sc_threshold", off]


def repeat(path, seconds, target):
    """Copies a file's packets again and again until they last that long."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin", "-stream_loop", "-1", "-i", path, "-t", str(seconds),
                    "-c", "copy", target], check=True)


def frame_times(path):
    """(when each coded frame is shown, the length of the file), in seconds since the earliest of its streams."""
    shown = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries",
                            "packet=pts_time:format=start_time,duration", "-of", "json", path],
                           check=True, capture_output=True)
    document = json.loads(shown.stdout)
    start = float(document["format"]["start_time"])
    return (sorted(float(packet["pts_time"]) - start for packet in document["packets"]),
            float(document["format"]["duration"]))

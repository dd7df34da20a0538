/**
 * GLSL ES 3.00 of the units layer. Everything comes from the wire
 * frame and the legs (track.ts), as integers, so a position is exact until it is relative to the map's centre.
 */
const PLACE = /* glsl */ `#version 300 es
precision highp float;
precision highp int;
precision highp usampler2D;

in ivec2 a_to;
in uint a_heading;
in uvec2 a_state;
in uint a_index;
in ivec3 a_from;
in ivec2 a_leg;

uniform ivec2 u_centre;
uniform vec2 u_centre_rest;
uniform float u_centre_lat;
uniform float u_world;
uniform vec2 u_viewport;
uniform vec2 u_shift;
uniform int u_now;
uniform float u_late;
uniform float u_stale_after;
uniform float u_overshoot;
uniform int u_jump;
uniform vec2 u_radius;
uniform vec2 u_open;
uniform usampler2D u_looks;
uniform uint u_statuses;

const float PI = 3.141592653589793;
const float RADIANS = 1.7453292519943295e-9;

/** How the unit is drawn: sign, outline, hidden. One that the directory does not name yet has the fifteenth sign. */
uvec4 look_of() {
  ivec2 texel = ivec2(int(a_index & 1023u), int(a_index >> 10));
  return texel.y < textureSize(u_looks, 0).y ? texelFetch(u_looks, texel, 0) : uvec4(14u, 2u, 0u, 0u);
}

bool is_shown(uvec4 look) {
  return look.b == 0u && ((u_statuses >> a_state.x) & 1u) == 1u;
}

bool is_quiet() {
  return a_state.x == 0u || a_state.x == 4u;
}

/** How far it has opened from a dot (0) to its sign (1). */
float opened() {
  return is_quiet() ? u_open.y : u_open.x;
}

float progress() {
  return clamp(float(u_now - a_leg.x) / float(max(a_leg.y, 1)), 0.0, u_overshoot);
}

bool is_stale() {
  return float(a_state.y) + u_late > u_stale_after;
}

/** Pixels from the middle of the view; mercator.ts says why this way. */
vec2 place(float s) {
  ivec2 d = a_to - a_from.xy;
  bool jump = any(greaterThan(abs(d), ivec2(u_jump)));
  vec2 rel = (jump ? vec2(a_to - u_centre) : vec2(a_from.xy - u_centre) + vec2(d) * s) - u_centre_rest;
  float half_lat = rel.y * RADIANS * 0.5;
  float sine = abs(half_lat) < 0.05 ? half_lat * (1.0 - half_lat * half_lat / 6.0) : sin(half_lat);
  float t = sine / cos(u_centre_lat + half_lat);
  float psi = abs(t) < 0.1 ? t * (1.0 + t * t * (1.0 / 3.0 + t * t * 0.2)) : atanh(clamp(t, -0.999, 0.999));
  return vec2(rel.x / 3.6e9, -psi / PI) * u_world + u_shift;
}

vec4 clip(vec2 px) {
  return vec4(px / (u_viewport * 0.5) * vec2(1.0, -1.0), 0.0, 1.0);
}

const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
`;

/** From afar: one point a unit. Units that have begun to open are the signs' program's. */
export const DOT_VERTEX = /* glsl */ `${PLACE}
uniform float u_dpr;
uniform float u_dot_alpha;
flat out float v_r;
flat out float v_size;
flat out float v_alpha;

void main() {
  if (!is_shown(look_of()) || opened() >= 0.02) {
    gl_Position = NOWHERE;
    gl_PointSize = 1.0;
    return;
  }
  bool quiet = is_quiet();
  v_r = u_radius.x * (quiet ? 0.72 : 1.0);
  v_size = 2.0 * v_r + 3.0;
  v_alpha = u_dot_alpha * (quiet ? 0.6 : 1.0) * (is_stale() ? 0.5 : 1.0);
  gl_PointSize = v_size * u_dpr;
  gl_Position = clip(place(progress()));
}
`;

export const DOT_FRAGMENT = /* glsl */ `#version 300 es
precision highp float;
uniform float u_dpr;
uniform vec3 u_ink;
uniform vec3 u_paper;
flat in float v_r;
flat in float v_size;
flat in float v_alpha;
out vec4 colour;

void main() {
  float far = length(gl_PointCoord - 0.5) * v_size;
  float casing = clamp(0.5 - (far - v_r - 0.9) * u_dpr, 0.0, 1.0) * v_alpha * 0.5;
  float dot_ = clamp(0.5 - (far - v_r) * u_dpr, 0.0, 1.0) * v_alpha;
  colour = vec4(u_ink * dot_, dot_) + vec4(u_paper * casing, casing) * (1.0 - dot_);
}
`;

/** Near by: a quad a unit, large enough for its sign, nose and rings. */
export const SIGN_VERTEX = /* glsl */ `${PLACE}
uniform uint u_selected;
uniform uint u_hovered;
out vec2 v_px;
flat out float v_r;
flat out float v_open;
flat out uvec3 v_look;
flat out float v_status;
flat out float v_stale;
flat out vec2 v_ahead;
flat out float v_mark;

void main() {
  uvec4 look = look_of();
  bool selected = a_index == u_selected;
  v_mark = selected ? 2.0 : (a_index == u_hovered ? 1.0 : 0.0);
  float open = selected ? 1.0 : opened();
  if (!(selected || (is_shown(look) && (open >= 0.02 || v_mark > 0.0)))) {
    gl_Position = NOWHERE;
    return;
  }
  float s = progress();
  // Who is busy with something stands out from who waits.
  float r = mix(u_radius.x, u_radius.y * (is_quiet() && !selected ? 0.84 : 1.0), open);
  float turn = float((int(a_heading) - a_from.z + 98304) & 65535) - 32768.0;
  float angle = (float(a_from.z) + turn * min(s, 1.0)) / 65536.0 * 2.0 * PI;
  v_ahead = vec2(sin(angle), -cos(angle));
  v_stale = is_stale() ? 1.0 : 0.0;
  v_open = open;
  v_r = r;
  // Third: whether the unit has somewhere to go, and so a nose.
  v_look = uvec3(look.r, look.g, any(notEqual(a_to, a_from.xy)) ? 1u : 0u);
  v_status = float(a_state.x);
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0 - 1.0;
  v_px = corner * (r * 1.8 + 3.0);
  gl_Position = clip(place(s) + v_px);
}
`;

export const SIGN_FRAGMENT = /* glsl */ `#version 300 es
precision highp float;
precision highp int;

uniform sampler2D u_glyphs;
uniform float u_dpr;
uniform vec3 u_ink;
uniform vec3 u_paper;
uniform vec3 u_touch;

in vec2 v_px;
flat in float v_r;
flat in float v_open;
flat in uvec3 v_look;
flat in float v_status;
flat in float v_stale;
flat in vec2 v_ahead;
flat in float v_mark;
out vec4 colour;

float cover(float distance) {
  return clamp(0.5 - distance * u_dpr, 0.0, 1.0);
}

float body(vec2 p, float r, uint shape) {
  if (shape == 1u) {
    vec2 q = abs(p) - vec2(r * 0.9 - 3.0);
    return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - 3.0;
  }
  if (shape == 2u) {
    vec2 q = abs(p);
    return max(dot(q, vec2(0.8660254, 0.5)), q.y) - r * 0.95;
  }
  return length(p) - r;
}

/** A nose on the side that the unit heads to. */
float nose(vec2 p, float r) {
  float along = dot(p, v_ahead);
  float across = abs(dot(p, vec2(-v_ahead.y, v_ahead.x)));
  float side = dot(vec2(across, along - r * 1.55), vec2(0.78, 0.6258));
  return max(side, r * 0.45 - along);
}

void over(inout vec4 below, vec3 c, float a) {
  below = vec4(c * a, a) + below * (1.0 - a);
}

void main() {
  float far = length(v_px);
  vec4 c = vec4(0.0);
  float r = v_r;
  bool off = v_status > 3.5;
  bool filled = v_status > 0.5 && v_status < 2.5;
  bool busy = v_status > 2.5 && !off;
  float d = body(v_px, r, v_look.y);
  if (v_look.z == 1u && v_open > 0.5) d = min(d, nose(v_px, r));
  float strength = (off ? 0.55 : 1.0) * (v_stale > 0.5 ? 0.7 : 1.0);

  // A casing of the ground's colour keeps the sign legible on any road.
  over(c, u_paper, cover(d - 1.6) * 0.55 * strength);
  if (v_status > 1.5 && v_status < 2.5) {
    over(c, u_ink, cover(abs(d - 3.0) - 0.8) * strength * v_open);
  }
  vec3 fill = filled ? u_ink : (busy ? mix(u_paper, u_ink, 0.38) : u_paper);
  if (v_stale > 0.5) {
    float hatch = abs(fract((v_px.x + v_px.y) / 4.5) - 0.5) * 4.5;
    fill = mix(fill, filled ? mix(u_ink, u_paper, 0.65) : mix(u_paper, u_ink, 0.4), cover(hatch - 0.75));
  }
  over(c, fill, cover(d) * strength * 0.96);
  float edge = off ? 0.45 : 0.85;
  over(c, u_ink, cover(abs(d + 0.6) - 0.6) * edge * strength);

  float cell = r * 0.74;
  vec2 uv = v_px / cell * 0.5 + 0.5;
  if (all(greaterThan(uv, vec2(0.0))) && all(lessThan(uv, vec2(1.0)))) {
    vec2 origin = vec2(float(v_look.x & 3u), float(v_look.x >> 2)) * 0.25;
    float glyph = texture(u_glyphs, origin + uv * 0.25).r;
    over(c, filled ? u_paper : u_ink, glyph * smoothstep(0.35, 0.9, v_open) * (off ? 0.6 : 1.0));
  }

  if (v_mark > 0.5) {
    bool chosen = v_mark > 1.5;
    over(c, u_touch, cover(abs(far - r * 1.62) - (chosen ? 1.1 : 0.7)) * (chosen ? 1.0 : 0.85));
  }
  colour = c;
}
`;

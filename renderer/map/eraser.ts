import { linkProgram } from './program.ts';

/** A round hole: pixels from the top left, and its radius. */
export interface Hole {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Takes away what is drawn within circles. */
export interface Eraser {
  /** @param size of the view in pixels, and how many of the card's are one of them */
  erase(holes: readonly Hole[], size: { width: number; height: number; ratio: number }): void;
}

const VERTEX = /* glsl */ `#version 300 es
precision highp float;
in vec3 a_hole;
uniform vec2 u_viewport;
uniform float u_ratio;
flat out float v_radius;

void main() {
  v_radius = a_hole.z;
  gl_PointSize = (2.0 * a_hole.z + 2.0) * u_ratio;
  gl_Position = vec4((a_hole.xy / u_viewport * 2.0 - 1.0) * vec2(1.0, -1.0), 0.0, 1.0);
}
`;

const FRAGMENT = /* glsl */ `#version 300 es
precision highp float;
uniform float u_ratio;
flat in float v_radius;
out vec4 colour;

void main() {
  float far = length(gl_PointCoord - 0.5) * (2.0 * v_radius + 2.0);
  colour = vec4(clamp(0.5 - (far - v_radius) * u_ratio, 0.0, 1.0));
}
`;

/** @throws Error when the card refuses it */
export function createEraser(gl: WebGL2RenderingContext): Eraser {
  const program = linkProgram(gl, VERTEX, FRAGMENT, ['a_hole']);
  const viewport = gl.getUniformLocation(program, 'u_viewport');
  const scale = gl.getUniformLocation(program, 'u_ratio');
  const array = gl.createVertexArray();
  const buffer = gl.createBuffer();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, 0);
  gl.bindVertexArray(null);
  return {
    erase(holes, { width, height, ratio }) {
      // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's, not React's
      gl.useProgram(program);
      gl.bindVertexArray(array);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(
        gl.ARRAY_BUFFER,
        Float32Array.from(holes.flatMap(({ x, y, radius }) => [x, y, radius])),
        gl.STREAM_DRAW,
      );
      gl.uniform2f(viewport, width, height);
      gl.uniform1f(scale, ratio);
      gl.blendFunc(gl.ZERO, gl.ONE_MINUS_SRC_ALPHA);
      gl.drawArrays(gl.POINTS, 0, holes.length);
      gl.bindVertexArray(null);
    },
  };
}

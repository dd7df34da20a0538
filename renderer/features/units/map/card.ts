import { UNIT_RECORD_BYTES } from '../../../../contract/units.ts';
import { linkProgram, uniforms } from '../../../map/program.ts';
import { paintGlyphSheet } from './glyphs.ts';
import { LOOKS_WIDTH } from './roster.ts';
import { DOT_FRAGMENT, DOT_VERTEX, SIGN_FRAGMENT, SIGN_VERTEX } from './shaders.ts';
import { LEG_INTS, RECORD_INTS, type UnitTrack } from './track.ts';

const ATTRIBUTES = ['a_to', 'a_heading', 'a_state', 'a_index', 'a_from', 'a_leg'];

/** One way of drawing: a program and how the buffers feed it. */
export interface Pass {
  program: WebGLProgram;
  at: (name: string) => WebGLUniformLocation | null;
  array: WebGLVertexArrayObject;
}

/** What the layer draws with, all of it on the graphics card; gone when the context is. */
export interface Card {
  gl: WebGL2RenderingContext;
  dots: Pass;
  signs: Pass;
  wire: WebGLBuffer;
  legs: WebGLBuffer;
  glyphs: WebGLTexture;
  looks: WebGLTexture;
  uploaded: number;
  looksUploaded: boolean;
}

/** Puts programs, buffers and the glyph sheet on the card. @throws CardError when it refuses one */
export function createCard(gl: WebGL2RenderingContext): Card {
  const card: Card = {
    gl,
    dots: createPass(gl, DOT_VERTEX, DOT_FRAGMENT),
    signs: createPass(gl, SIGN_VERTEX, SIGN_FRAGMENT),
    wire: gl.createBuffer(),
    legs: gl.createBuffer(),
    glyphs: gl.createTexture(),
    looks: gl.createTexture(),
    uploaded: -1,
    looksUploaded: false,
  };
  uploadGlyphs(card);
  feed(card, card.dots, 0, 0);
  feed(card, card.signs, 0, 1);
  gl.bindVertexArray(null);
  return card;
}

export function dropCard(gl: WebGL2RenderingContext, card: Card): void {
  for (const { program, array } of [card.dots, card.signs]) {
    gl.deleteProgram(program);
    gl.deleteVertexArray(array);
  }
  for (const buffer of [card.wire, card.legs]) gl.deleteBuffer(buffer);
  for (const texture of [card.glyphs, card.looks]) gl.deleteTexture(texture);
}

/** The units' records, and their legs. */
export function uploadFrame(card: Card, track: UnitTrack): void {
  const { gl } = card;
  gl.bindVertexArray(null);
  gl.bindBuffer(gl.ARRAY_BUFFER, card.wire);
  gl.bufferData(gl.ARRAY_BUFFER, track.wire.subarray(0, track.count * RECORD_INTS), gl.STREAM_DRAW);
  gl.bindBuffer(gl.ARRAY_BUFFER, card.legs);
  gl.bufferData(gl.ARRAY_BUFFER, track.legs.subarray(0, track.count * LEG_INTS), gl.STREAM_DRAW);
  card.uploaded = track.revision;
}

function createPass(gl: WebGL2RenderingContext, vertex: string, fragment: string): Pass {
  const program = linkProgram(gl, vertex, fragment, ATTRIBUTES);
  return { program, at: uniforms(gl, program), array: gl.createVertexArray() };
}

/** Points a pass at the records, beginning with the unit at `first`: one unit a vertex (0) or an instance (1). */
export function feed({ gl, wire, legs }: Card, { array }: Pass, first: number, divisor: 0 | 1): void {
  gl.bindVertexArray(array);
  const stride = UNIT_RECORD_BYTES;
  const base = first * stride;
  const legStride = LEG_INTS * 4;
  gl.bindBuffer(gl.ARRAY_BUFFER, wire);
  gl.vertexAttribIPointer(0, 2, gl.INT, stride, base);
  gl.vertexAttribIPointer(1, 1, gl.UNSIGNED_SHORT, stride, base + 8);
  gl.vertexAttribIPointer(2, 2, gl.UNSIGNED_BYTE, stride, base + 10);
  gl.vertexAttribIPointer(3, 1, gl.UNSIGNED_INT, stride, base + 12);
  gl.bindBuffer(gl.ARRAY_BUFFER, legs);
  gl.vertexAttribIPointer(4, 3, gl.INT, legStride, first * legStride);
  gl.vertexAttribIPointer(5, 2, gl.INT, legStride, first * legStride + 12);
  for (let i = 0; i < ATTRIBUTES.length; i++) {
    gl.enableVertexAttribArray(i);
    gl.vertexAttribDivisor(i, divisor);
  }
}

function uploadGlyphs({ gl, glyphs }: Card): void {
  gl.bindTexture(gl.TEXTURE_2D, glyphs);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, gl.RED, gl.UNSIGNED_BYTE, paintGlyphSheet());
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  clampEdges(gl);
}

export function uploadLooks(card: Card, looks: Uint8Array<ArrayBuffer>): void {
  const { gl } = card;
  gl.activeTexture(gl.TEXTURE1);
  gl.bindTexture(gl.TEXTURE_2D, card.looks);
  const rows = looks.length / 4 / LOOKS_WIDTH;
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8UI, LOOKS_WIDTH, rows, 0, gl.RGBA_INTEGER, gl.UNSIGNED_BYTE, looks);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  clampEdges(gl);
  card.looksUploaded = true;
}

function clampEdges(gl: WebGL2RenderingContext): void {
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
}

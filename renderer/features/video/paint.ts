/** A place on the canvas. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws a picture as large as fits, in the middle; what is left over is black. */
export function paintPicture(
  ctx: CanvasRenderingContext2D,
  tile: Rect,
  image: CanvasImageSource,
  width: number,
  height: number,
): void {
  const fit = Math.min(tile.width / width, tile.height / height);
  const w = Math.round(width * fit);
  const h = Math.round(height * fit);
  const x = tile.x + Math.floor((tile.width - w) / 2);
  const y = tile.y + Math.floor((tile.height - h) / 2);
  if (w < tile.width || h < tile.height) {
    ctx.fillStyle = '#000';
    ctx.fillRect(tile.x, tile.y, tile.width, y - tile.y);
    ctx.fillRect(tile.x, y + h, tile.width, tile.y + tile.height - y - h);
    ctx.fillRect(tile.x, y, x - tile.x, h);
    ctx.fillRect(x + w, y, tile.x + tile.width - x - w, h);
  }
  ctx.drawImage(image, x, y, w, h);
}

/** A tile that has never had a picture. */
export function paintEmpty(ctx: CanvasRenderingContext2D, tile: Rect): void {
  ctx.fillStyle = '#101826';
  ctx.fillRect(tile.x, tile.y, tile.width, tile.height);
}

/** Dims and hatches a tile whose picture is old, and says how old in the middle. `font`: a CSS font family. */
export function paintVeil(
  ctx: CanvasRenderingContext2D,
  tile: Rect,
  lines: readonly string[],
  scale: number,
  font: string,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(tile.x, tile.y, tile.width, tile.height);
  ctx.clip();
  ctx.fillStyle = 'rgba(10,15,23,0.55)';
  ctx.fillRect(tile.x, tile.y, tile.width, tile.height);
  ctx.strokeStyle = 'rgba(159,176,195,0.16)';
  ctx.lineWidth = 3 * scale;
  ctx.beginPath();
  for (let x = tile.x - tile.height; x < tile.x + tile.width; x += 12 * scale) {
    ctx.moveTo(x, tile.y + tile.height);
    ctx.lineTo(x + tile.height, tile.y);
  }
  ctx.stroke();
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const size = Math.max(11, Math.min(16, tile.width / scale / 18)) * scale;
  const middle = tile.y + tile.height / 2 - ((lines.length - 1) * size * 1.5) / 2;
  for (const [i, line] of lines.entries()) {
    ctx.font = `${i === 0 ? 600 : 400} ${size}px ${font}`;
    const wide = Math.min(tile.width, ctx.measureText(line).width + size);
    const y = middle + i * size * 1.5;
    ctx.fillStyle = 'rgba(10,15,23,0.78)';
    ctx.fillRect(tile.x + (tile.width - wide) / 2, y - size * 0.75, wide, size * 1.5);
    ctx.fillStyle = i === 0 ? '#e6edf5' : '#9fb0c3';
    ctx.fillText(line, tile.x + tile.width / 2, y, tile.width);
  }
  ctx.restore();
}

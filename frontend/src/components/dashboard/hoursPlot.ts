import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { RunHour } from '@/api/types'
import { OUTCOMES, stacksOf, ticksOf, type Outcome } from '@/domain/hours'

export interface PlotColours {
  outcomes: Readonly<Record<Outcome, string>>
  /** Between the stripes of what is told from another of its colour by stripes. */
  surface: string
  text: string
  line: string
}

export interface Size {
  width: number
  height: number
}

export interface HoursPlot {
  show(hours: readonly RunHour[]): void
  resize(size: Size): void
  recolour(): void
  /** Where the bars are, in pixels from the plot's corner. */
  area(): { left: number; top: number; width: number; height: number }
  /** How many runs high so many pixels under the plot's upper edge is. */
  heightAt(y: number): number
  destroy(): void
}

const FONT = '11px system-ui, sans-serif'
const NARROW = 460
const BARS = uPlot.paths.bars?.({ size: [0.7, 40] })
/** Runs are counted in whole ones. */
const STEPS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6].flatMap((scale) => [scale, 2 * scale, 5 * scale])

/** Bars that stand on one another; the colours are asked for again with each drawing. */
export function drawHours(
  target: HTMLElement,
  size: Size,
  hours: readonly RunHour[],
  colours: () => PlotColours,
): HoursPlot {
  let shown = hours
  const topFirst = OUTCOMES.map(({ key }) => key).reverse()
  const plot = new uPlot(
    {
      ...size,
      padding: [10, 6, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [-0.5, shown.length - 0.5] },
        y: { range: (_, __, max) => [0, roomFor(max)] },
      },
      axes: [
        {
          stroke: () => colours().text,
          font: FONT,
          size: 22,
          gap: 5,
          grid: { show: false },
          ticks: { show: false },
          splits: (u) => ticks(u).map(({ index }) => index),
          values: (u) => ticks(u).map(({ label }) => label),
        },
        {
          stroke: () => colours().text,
          font: FONT,
          size: 38,
          gap: 6,
          space: 34,
          incrs: STEPS,
          grid: { stroke: () => colours().line, width: 1 },
          ticks: { show: false },
          values: (_, values) => values.map((value) => value.toLocaleString()),
        },
      ],
      series: [
        {},
        ...topFirst.map((key) => ({
          fill: (u: uPlot) => fillOf(u, key, colours()),
          width: 0,
          points: { show: false },
          ...(BARS === undefined ? {} : { paths: BARS }),
        })),
      ],
    },
    dataOf(hours),
    target,
  )

  function ticks(u: uPlot) {
    return ticksOf(shown, u.width < NARROW ? 6 : 3)
  }

  return {
    show(next) {
      shown = next
      plot.setData(dataOf(next))
    },
    resize: (next) => plot.setSize(next),
    recolour: () => plot.redraw(),
    area: () => ({
      left: plot.bbox.left / uPlot.pxRatio,
      top: plot.bbox.top / uPlot.pxRatio,
      width: plot.bbox.width / uPlot.pxRatio,
      height: plot.bbox.height / uPlot.pxRatio,
    }),
    heightAt: (y) => plot.posToVal(y - plot.bbox.top / uPlot.pxRatio, 'y'),
    destroy: () => plot.destroy(),
  }
}

/** The highest stack first: the lower ones are painted over it. */
function dataOf(hours: readonly RunHour[]): uPlot.AlignedData {
  return [hours.map((_, i) => i), ...stacksOf(hours).reverse()]
}

/** So that the highest bar doesn't touch the edge, and a few runs don't fill the whole. */
function roomFor(max: number | null): number {
  return Math.max(4, Math.ceil((max ?? 0) * 1.06))
}

/** Dead is striped, for those who can't go by its colour. */
function fillOf({ ctx }: uPlot, key: Outcome, { outcomes, surface }: PlotColours) {
  if (key !== 'dead') {
    return outcomes[key]
  }
  const tile = document.createElement('canvas')
  const stripe = Math.round(2 * uPlot.pxRatio)
  tile.width = tile.height = 2 * stripe
  const paint = tile.getContext('2d')
  if (paint === null) {
    return outcomes.dead
  }
  paint.fillStyle = outcomes.dead
  paint.fillRect(0, 0, stripe, 2 * stripe)
  paint.fillStyle = surface
  paint.fillRect(stripe, 0, stripe, 2 * stripe)
  return ctx.createPattern(tile, 'repeat') ?? outcomes.dead
}

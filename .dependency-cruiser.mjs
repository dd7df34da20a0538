/** The import directions of the house, each with what to do instead. Run by npm test. */

const TEST = '\\.test\\.tsx?$';
const FOLDERS = 'core|contract|native|main|simulator|preload|renderer|scripts|tests';
const only = (...folders) => `^(?!(?:${folders.join('|')})/)(?:${FOLDERS})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'core-stands-alone',
      severity: 'error',
      comment:
        'core/ is the pure domain: pass what you need in as a value or an interface declared in core/, and let main/ or native/ supply it.',
      from: { path: '^core/', pathNot: TEST },
      to: { path: only('core') },
    },
    {
      name: 'core-tests-stay-home',
      severity: 'error',
      comment:
        'A unit test of core/ needs nothing but core/: move it to tests/integration when it joins two parts of the house.',
      from: { path: `^core/.*${TEST}` },
      to: { path: only('core', 'tests') },
    },
    {
      name: 'core-has-no-machine',
      severity: 'error',
      comment:
        'core/ runs the same in Node and in a page: no Node modules and no Electron. Take time, ids and bytes as arguments.',
      from: { path: '^core/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-has-no-screen',
      severity: 'error',
      comment: 'core/ knows no React, no map and no Electron: keep what is drawn in renderer/.',
      from: { path: '^core/' },
      to: { path: 'node_modules/(react|react-dom|@mantine|maplibre-gl|ag-grid-|electron|zustand)' },
    },
    {
      name: 'contract-knows-core-only',
      severity: 'error',
      comment: 'contract/ is what hall and windows agree on: it may use core/ and nothing else of the house.',
      from: { path: '^contract/', pathNot: TEST },
      to: { path: only('contract', 'core') },
    },
    {
      name: 'contract-has-no-machine',
      severity: 'error',
      comment: 'contract/ is loaded by pages too: no Node modules in it. Carriers that need them live in main/api.',
      from: { path: '^contract/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-speaks-contract',
      severity: 'error',
      comment:
        'The renderer never imports main or native: add a method or a topic to contract/ and call it over the bridge.',
      from: { path: '^renderer/' },
      to: { path: only('renderer', 'contract', 'core', 'tests') },
    },
    {
      name: 'features-stand-without-the-workspace',
      severity: 'error',
      comment:
        'renderer/workspace frames features and is known by none of them: move what a feature needs (seat, selection, layout, drafts, actions) to renderer/desk.',
      from: { path: '^renderer/(features|desk|map|keys|bridge|ui|i18n)/' },
      to: { path: '^renderer/workspace/' },
    },
    {
      name: 'workspace-knows-no-feature',
      severity: 'error',
      comment:
        'renderer/workspace frames what features declare and names none of them: let the feature declare it (renderer/desk/feature.ts).',
      from: { path: '^renderer/workspace/' },
      to: { path: '^renderer/features/' },
    },
    {
      name: 'desk-knows-no-feature',
      severity: 'error',
      comment:
        'What renderer/features stand on knows none of them: declare it in the feature, or move what both need to where both may reach it.',
      from: { path: '^renderer/(desk|map|keys|bridge|ui|i18n)/' },
      to: { path: '^renderer/features/' },
    },
    {
      name: 'map-knows-no-feature',
      severity: 'error',
      comment:
        'renderer/map draws what features declare (mapLayers, renderer/map/layer.ts) and knows of the contract only what a seat selects: take the data in a hook of the feature.',
      from: { path: '^renderer/map/' },
      to: { path: '^contract/features/', pathNot: '^contract/features/seats\\.ts$' },
    },
    {
      name: 'features-know-no-other-feature',
      severity: 'error',
      comment:
        'A feature of the windows does not reach into another: move what both need to renderer/desk, or let the other declare it (renderer/desk/feature.ts).',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/[^/]+/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      comment:
        'A page is sandboxed and may be a plain browser: no Node modules and no Electron in renderer/. Ask the hall for it.',
      from: { path: '^renderer/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'hall-features-know-no-other-feature',
      severity: 'error',
      comment:
        'A feature of the hall does not reach into another: move what both need to main/kernel or a folder of its own, or let the other put it into the kernel.',
      from: { path: '^main/features/([^/]+)/', pathNot: TEST },
      to: { path: '^main/features/[^/]+/', pathNot: '^main/features/$1/' },
    },
    {
      name: 'what-features-stand-on-knows-none',
      severity: 'error',
      comment:
        'Features are started by the one list in main/features/index.ts and by nothing else of the hall: let the feature add to the kernel what others are to find there.',
      from: { path: '^main/', pathNot: [TEST, '^main/features/', '^main/hall\\.ts$'] },
      to: { path: '^main/features/' },
    },
    {
      name: 'electron-only-in-the-shell',
      severity: 'error',
      comment: 'Only main/electron and preload/ may import electron: the hall also runs without it.',
      from: { path: `^(?:${FOLDERS})/`, pathNot: '^(main/electron|preload|tests|scripts)/' },
      to: { path: '(^|node_modules/)electron(/|$)' },
    },
    {
      name: 'native-is-an-adapter',
      severity: 'error',
      comment:
        'native/ adapts libraries and processes to core/ types and knows nothing of the hall: main/ passes in what it needs.',
      from: { path: '^native/', pathNot: TEST },
      to: { path: only('native', 'core') },
    },
    {
      name: 'main-is-not-a-window',
      severity: 'error',
      comment: 'The hall knows no windows: publish a topic of contract/ and let the renderer show it.',
      from: { path: '^main/' },
      to: { path: '^(renderer|preload)/' },
    },
    {
      name: 'shell-has-no-domain',
      severity: 'error',
      comment:
        'main/electron starts the hall and places windows: put domain logic into the hall and reach it through contract/.',
      from: { path: '^main/electron/' },
      to: { path: '^(core|native|renderer)/' },
    },
    {
      name: 'hall-has-no-shell',
      severity: 'error',
      comment:
        'The hall runs headless too: it may not import the desktop shell, but for types. Let main/electron pass in what only Electron can do.',
      from: { path: '^main/', pathNot: '^main/electron/' },
      to: { path: '^main/electron/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-knows-the-simulator',
      severity: 'error',
      comment:
        'simulator/ is a system like any other: the hall meets it by its feeds, its cameras and docs/protocols/simulator.md, and imports nothing of it.',
      from: { path: '^(core|contract|native|main|preload|renderer)/' },
      to: { path: '^simulator/' },
    },
    {
      name: 'simulator-is-no-hall',
      severity: 'error',
      comment:
        'simulator/ is a process of its own that knows the hall by what both agree on: use core/, contract/ and native/, and of main/ only clock, log, files and where a program lies.',
      from: { path: '^simulator/', pathNot: TEST },
      to: {
        path: '^(main|preload|renderer|scripts|tests)/',
        pathNot: '^main/((clock|log|workerProgram)\\.ts$|files/)',
      },
    },
    {
      name: 'config-knows-no-feeds',
      severity: 'error',
      comment:
        'Feeds are made from configuration, not the other way round: move what both need to a place of its own, as main/rejects.',
      from: { path: '^main/config/' },
      to: { path: '^main/feeds/' },
    },
    {
      name: 'preload-hands-over-the-port',
      severity: 'error',
      comment:
        'The preload hands the port to the page and nothing else: of the house it may import types of contract/ only.',
      from: { path: '^preload/', pathNot: TEST },
      to: { path: only('preload', 'contract') },
    },
    {
      name: 'preload-takes-types-only',
      severity: 'error',
      comment: 'Write "import type": code of contract/ does not belong into the preload.',
      from: { path: '^preload/', pathNot: TEST },
      to: { path: '^contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-without-scaffolding',
      severity: 'error',
      comment: 'What ships may not import tests or scripts: move the shared part into core/, native/ or main/.',
      from: { path: '^(core|contract|native|main|simulator|preload|renderer)/', pathNot: TEST },
      to: { path: '^(tests|scripts)/|\\.test\\.tsx?$' },
    },
    {
      name: 'product-without-dev-dependencies',
      severity: 'error',
      comment: 'What ships needs this package at run time: move it from devDependencies to dependencies.',
      from: { path: '^(core|contract|native|main|simulator|preload|renderer)/', pathNot: TEST },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/(@types|electron|vite)/',
      },
    },
    {
      name: 'declared-in-package-json',
      severity: 'error',
      comment:
        'This package is only here because another one needs it: add it to package.json, with a line in docs/dependencies.md.',
      from: { path: `^(?:${FOLDERS})/` },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'This import leads nowhere: fix its path (relative imports carry .ts or .tsx) or install the package.',
      from: { path: `^(?:${FOLDERS})/` },
      to: { couldNotResolve: true, pathNot: '\\?|^virtual:' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Two files that need each other are one idea or three: merge them, or move what both need into a third.',
      from: { path: `^(?:${FOLDERS})/` },
      to: { circular: true },
    },
  ],
  options: {
    // TypeScript 7 has no compiler API for dependency-cruiser to use; swc is its other supported parser for .ts and .tsx.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // A feature that a test puts into a copy of the tree: its imports lead somewhere only there.
    exclude: { path: '^(out|dist|coverage|tests/fixtures/feature-note)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};

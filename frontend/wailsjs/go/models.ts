export namespace accounts {
	
	export interface APIOutput {
	    api: string;
	    title: string;
	    ends: boolean;
	}
	export interface CapabilityOutput {
	    name: string;
	    title: string;
	    role: string;
	    state: string;
	    text: string;
	    checked_at: string;
	}
	export interface ChecklistItemOutput {
	    name: string;
	    title: string;
	    text: string;
	    link: string;
	    done_at: string;
	}
	export interface ChecklistGroupOutput {
	    name: string;
	    title: string;
	    items: ChecklistItemOutput[];
	}
	
	export interface ChecklistOutput {
	    groups: ChecklistGroupOutput[];
	    done: number;
	    total: number;
	    source: string;
	    date: string;
	}
	export interface ConnectionInput {
	    api: string;
	    region: string;
	}
	export interface RotationOutput {
	    applies: boolean;
	    created: string;
	    ends: string;
	    days_left?: number;
	    due: boolean;
	    text: string;
	    source: string;
	    date: string;
	}
	export interface PlaceOutput {
	    code: string;
	    title: string;
	    profile: string;
	    suspended: boolean;
	    known: boolean;
	    wanted: boolean;
	}
	export interface ProblemOutput {
	    name: string;
	    title: string;
	    text: string;
	    steps: string[];
	    field: string;
	    fault: string;
	    raw: string;
	    request: string;
	    at: string;
	}
	export interface EndpointOutput {
	    base: string;
	    token: string;
	}
	export interface ConnectionOutput {
	    api: string;
	    title: string;
	    region: string;
	    region_title: string;
	    client_id: string;
	    connected_at: string;
	    seller_id: string;
	    store_name: string;
	    plan: string;
	    endpoint: EndpointOutput;
	    state: string;
	    paused: boolean;
	    problem?: ProblemOutput;
	    places: PlaceOutput[];
	    capabilities: CapabilityOutput[];
	    missing: ProblemOutput[];
	    rotation: RotationOutput;
	}
	export interface DraftInput {
	    api: string;
	    region: string;
	    client_id: string;
	    client_secret: string;
	    refresh_token: string;
	    secret_created: string;
	    seller_id: string;
	    base: string;
	    token: string;
	}
	
	export interface EraseVaultInput {
	    confirm: string;
	}
	export interface RegionOutput {
	    region: string;
	    title: string;
	}
	export interface VaultOutput {
	    state: string;
	    mode: string;
	    reason: string;
	    note: string;
	    wait: number;
	    left: number;
	}
	export interface OverviewOutput {
	    vault: VaultOutput;
	    connections: ConnectionOutput[];
	    regions: RegionOutput[];
	    apis: APIOutput[];
	}
	export interface PlaceInput {
	    code: string;
	    profile: string;
	    wanted: boolean;
	}
	
	export interface PlacesInput {
	    api: string;
	    region: string;
	    places: PlaceInput[];
	}
	
	export interface RecoveryOutput {
	    words: string[];
	    vault: VaultOutput;
	}
	
	export interface RestoreInput {
	    words: string;
	    mode: string;
	    passphrase: string;
	}
	
	export interface SellerOutput {
	    id: string;
	    store: string;
	    marketplaces: string[];
	}
	export interface TickInput {
	    name: string;
	    done: boolean;
	}
	export interface TryOutput {
	    works: boolean;
	    problem?: ProblemOutput;
	    seller_id: string;
	    store_name: string;
	    plan: string;
	    places: PlaceOutput[];
	    capabilities: CapabilityOutput[];
	    missing: ProblemOutput[];
	    warnings: string[];
	    kept: boolean;
	    also: string[];
	    sellers: SellerOutput[];
	}
	export interface UnlockInput {
	    passphrase: string;
	}
	export interface VaultInput {
	    mode: string;
	    passphrase: string;
	}

}

export namespace action {
	
	export interface Trail {
	    id: number;
	    decision: string;
	    title: string;
	    policy: string;
	    version: number;
	    kind: string;
	    kind_title: string;
	    level: number;
	    entity: string;
	    field: string;
	    before: string;
	    after: string;
	    seen: string;
	    payload: string;
	    hash: string;
	    state: string;
	    state_text: string;
	    waits: string;
	    reason: string;
	    ref: string;
	    receipt: string;
	    who: string;
	    batch: string;
	    position: number;
	    reverses: number;
	    reversible: boolean;
	    approved_at: string;
	    expires_at: string;
	    not_before: string;
	    began_at: string;
	    ended_at: string;
	    held_ms: number;
	    risk: number;
	}

}

export namespace actions {
	
	export interface AsksInput {
	    decision: string;
	}
	export interface AsksOutput {
	    why: string;
	}
	export interface BandOutput {
	    per_day: number;
	    units_max: number;
	    minor: number;
	    currency: string;
	    only: string[];
	}
	export interface IDInput {
	    id: number;
	}
	export interface StoppedKindOutput {
	    kind: string;
	    title: string;
	    reason: string;
	    since: string;
	}
	export interface LimitOutput {
	    name: string;
	    words: string;
	    value: number;
	    shipped: number;
	    source: string;
	}
	export interface KindOutput {
	    name: string;
	    title: string;
	    level: number;
	    repeatable: boolean;
	    readable: boolean;
	    automatic: boolean;
	    needs: string[];
	    limits: LimitOutput[];
	    stopped?: StoppedKindOutput;
	}
	
	export interface LimitsOutput {
	    kinds: KindOutput[];
	}
	export interface ListInput {
	    from: string;
	    to: string;
	    below: number;
	    limit: number;
	}
	export interface ListOutput {
	    actions: action.Trail[];
	}
	export interface ModeOutput {
	    policy: string;
	    title: string;
	    kind: string;
	    noun: string;
	    mode: string;
	    since: string;
	    why: string;
	    band: BandOutput;
	    consent: string;
	    against: string;
	    looked: number;
	    wrong: number;
	}
	export interface ModesOutput {
	    modes: ModeOutput[];
	}
	export interface ResolveInput {
	    id: number;
	    happened: boolean;
	    note: string;
	}
	export interface ResumeKindInput {
	    kind: string;
	}
	export interface SetLimitInput {
	    kind: string;
	    name: string;
	    value: string;
	    typed: string;
	}
	export interface SetModeInput {
	    policy: string;
	    mode: string;
	    consent: string;
	    band: BandOutput;
	}
	export interface StatusOutput {
	    stopped: boolean;
	    stop_file: string;
	    waiting: number;
	    sending: number;
	    unknown: number;
	    mismatch: number;
	    stopped_kinds: StoppedKindOutput[];
	}
	export interface StopInput {
	    stop: boolean;
	}
	
	export interface SubjectOutput {
	    id: string;
	    label: string;
	}
	export interface SubjectsInput {
	    policy: string;
	}
	export interface SubjectsOutput {
	    proposed: SubjectOutput[];
	    known: SubjectOutput[];
	}

}

export namespace app {
	
	export interface ChooseFilesOutput {
	    paths: string[];
	    unsupported: boolean;
	}
	export interface DisplaySettings {
	    theme: string;
	    density: string;
	    single_keys: boolean;
	    hide_amounts: boolean;
	}
	export interface EmptyOutput {
	
	}
	export interface FreshnessOutput {
	    kind: string;
	    title: string;
	    state: string;
	    as_of: string;
	    settled_through: string;
	    text: string;
	}
	export interface JobStartedOutput {
	    job_id: string;
	}
	export interface LinkInput {
	    url: string;
	}
	export interface OfflineOutput {
	    whose: string;
	    since: string;
	    title: string;
	    as_of: string;
	}
	export interface PathOutput {
	    path: string;
	}
	export interface PictureInput {
	    name: string;
	    data: string;
	}
	export interface PractiseOutput {
	    address: string;
	    connect: accounts.DraftInput[];
	}
	export interface SavedFileOutput {
	    name: string;
	    path: string;
	}
	export interface SetWebhookInput {
	    address: string;
	}
	export interface SheetInput {
	    name: string;
	    head: string[];
	    rows: string[][];
	}
	export interface StateOutput {
	    version: string;
	    demo: boolean;
	    demo_ready: boolean;
	    first_run: boolean;
	    offline?: OfflineOutput;
	    data_dir: string;
	    account: string;
	    marketplaces: string[];
	    currency: string;
	    as_of: string;
	    now: string;
	    locale: string;
	    door: string;
	    modules: modulehost.ModuleOutput[];
	    freshness: FreshnessOutput[];
	    counts: Record<string, number>;
	    settings: DisplaySettings;
	    jobs: ingest.Job[];
	}
	export interface TextInput {
	    name: string;
	    text: string;
	}
	export interface WebhookOutput {
	    address: string;
	    signed: boolean;
	    problem: string;
	    secret: string;
	    demo: boolean;
	}

}

export namespace audits {
	
	export interface AnswerCheckInput {
	    list: string;
	    check: string;
	    result: string;
	    note: string;
	}
	export interface AnswerInput {
	    question: string;
	    answer: string;
	}
	export interface CheckInput {
	    list: string;
	    check: string;
	}
	export interface EvidenceOutput {
	    subject: string;
	    label: string;
	    text: string;
	    as_of: string;
	    maturity: string;
	}
	export interface CheckOutput {
	    name: string;
	    title: string;
	    why: string;
	    how: string;
	    how_text: string;
	    fix: string;
	    link: string;
	    seller: string;
	    result: string;
	    result_text: string;
	    evidence: EvidenceOutput[];
	    evidence_all: number;
	    checked: number;
	    unknown: number;
	    stale: boolean;
	    stale_text: string;
	    last_run: string;
	    source: string;
	    date: string;
	    note: string;
	    task_at: string;
	    task_note: string;
	}
	export interface CountsOutput {
	    checks: number;
	    passed: number;
	    failed: number;
	    cannot_tell: number;
	    crashed: number;
	    by_hand: number;
	    not_run: number;
	    stale: number;
	}
	export interface ChecklistOutput {
	    name: string;
	    title: string;
	    question: string;
	    every: string;
	    every_text: string;
	    due_on: string;
	    due_text: string;
	    late: boolean;
	    last_run: string;
	    checks: CheckOutput[];
	    counts: CountsOutput;
	    source: string;
	    date: string;
	}
	export interface TrendOutput {
	    day: string;
	    checks: number;
	    passed: number;
	    failed: number;
	    cannot_tell: number;
	    crashed: number;
	    by_hand: number;
	    not_run: number;
	    stale: number;
	}
	export interface ChecklistsOutput {
	    lists: ChecklistOutput[];
	    counts: CountsOutput;
	    trend: TrendOutput[];
	}
	export interface MoneyOutput {
	    minor: number;
	    currency: string;
	    text: string;
	}
	export interface ItemRowOutput {
	    id: number;
	    position: number;
	    kind: string;
	    kind_title: string;
	    title: string;
	    decision: string;
	    policy: string;
	    policy_title: string;
	    version: number;
	    subject: string;
	    label: string;
	    money?: MoneyOutput;
	    money_text: string;
	    state: string;
	    state_text: string;
	    why: string[];
	    drawn: boolean;
	    verdict: string;
	    verdict_text: string;
	    decided_at: string;
	    decided_by: string;
	    look_again: boolean;
	    look_again_for: string;
	}
	export interface ConsequenceOutput {
	    text: string[];
	    demoted: string[];
	    look_again: ItemRowOutput[];
	}
	
	
	export interface FindingTaskOutput {
	    action: number;
	    title: string;
	    text: string;
	    check: CheckOutput;
	}
	export interface InputOutput {
	    case: string;
	    clause: string;
	    expression: string;
	    text: string;
	    value: string;
	    unit: string;
	    source: string;
	    as_of: string;
	    maturity: string;
	    result: string;
	    depth: number;
	    note: string;
	}
	export interface ItemInput {
	    month: string;
	    id: number;
	}
	export interface ReviewOutput {
	    id: number;
	    at: string;
	    verdict: string;
	    verdict_text: string;
	    cause: string;
	    note: string;
	    answers: AnswerInput[];
	}
	export interface QuestionOutput {
	    name: string;
	    text: string;
	    help: string;
	    evidence: string;
	    points: string;
	    asked: boolean;
	    not_yet: string;
	    critical: boolean;
	    answer: string;
	}
	export interface LogOutput {
	    seq: number;
	    at: string;
	    from: string;
	    to: string;
	    by: string;
	    reason: string;
	}
	export interface NowOutput {
	    known: boolean;
	    value: string;
	    same: boolean;
	    text: string;
	}
	export interface RerunOutput {
	    state: string;
	    text: string;
	}
	export interface ItemOutput {
	    id: number;
	    position: number;
	    kind: string;
	    kind_title: string;
	    title: string;
	    decision: string;
	    policy: string;
	    policy_title: string;
	    version: number;
	    subject: string;
	    label: string;
	    money?: MoneyOutput;
	    money_text: string;
	    state: string;
	    state_text: string;
	    why: string[];
	    drawn: boolean;
	    verdict: string;
	    verdict_text: string;
	    decided_at: string;
	    decided_by: string;
	    look_again: boolean;
	    look_again_for: string;
	    month: string;
	    of: number;
	    previous: number;
	    next: number;
	    next_open: number;
	    sentence: string;
	    do: string;
	    inputs: InputOutput[];
	    inputs_at: string;
	    inputs_was: boolean;
	    input_text: string;
	    action: action.Trail;
	    rule_text: string;
	    rule_note: string;
	    rerun: RerunOutput;
	    now: NowOutput;
	    log: LogOutput[];
	    questions: QuestionOutput[];
	    review?: ReviewOutput;
	    history: ReviewOutput[];
	}
	
	export interface JudgeInput {
	    month: string;
	    id: number;
	    answers: AnswerInput[];
	    verdict: string;
	    cause: string;
	    note: string;
	}
	export interface MonthOutput {
	    month: string;
	    title: string;
	    state: string;
	    state_text: string;
	    over: boolean;
	    decided: number;
	    to_look: number;
	    looked: number;
	    wrong: number;
	    critical: number;
	    done_at: string;
	}
	export interface JudgeOutput {
	    month: MonthOutput;
	    item: ItemRowOutput;
	    next_open: number;
	    consequence: ConsequenceOutput;
	}
	
	export interface RiskOutput {
	    decided: MoneyOutput;
	    at_risk: MoneyOutput;
	    what: string;
	    known: number;
	}
	export interface LotOutput {
	    kind: string;
	    kind_title: string;
	    lot: number;
	    must: number;
	    rest: number;
	    sample: number;
	    plan_pct: number;
	    plan_text: string;
	    seed: string;
	    seed_text: string;
	    looked: number;
	    wrong: number;
	    critical: number;
	    upper_pct: number;
	    upper_text: string;
	    state: string;
	    blocked: string;
	    at_risk: RiskOutput[];
	}
	
	export interface MonthDetailOutput {
	    month: string;
	    title: string;
	    state: string;
	    state_text: string;
	    over: boolean;
	    decided: number;
	    to_look: number;
	    looked: number;
	    wrong: number;
	    critical: number;
	    done_at: string;
	    lots: LotOutput[];
	    items: ItemRowOutput[];
	    next: number;
	}
	export interface MonthInput {
	    month: string;
	}
	
	export interface MonthsOutput {
	    months: MonthOutput[];
	}
	
	
	export interface RerunsOutput {
	    same: number;
	    different: number;
	    cannot: number;
	}
	export interface ReportOutput {
	    month: string;
	    title: string;
	    state: string;
	    state_text: string;
	    over: boolean;
	    decided: number;
	    to_look: number;
	    looked: number;
	    wrong: number;
	    critical: number;
	    done_at: string;
	    sentence: string;
	    lots: LotOutput[];
	    found: ItemRowOutput[];
	    look_again: ItemRowOutput[];
	    effects: string[];
	    rerun: RerunsOutput;
	}
	
	
	
	
	export interface RunInput {
	    list: string;
	}
	export interface ScheduleInput {
	    list: string;
	    every: string;
	}

}

export namespace catalog {
	
	export interface CostProblem {
	    line: number;
	    reason: string;
	}
	export interface EmptyOutput {
	
	}
	export interface ImportCostsInput {
	    text: string;
	}
	export interface ImportCostsOutput {
	    set: number;
	    problems: CostProblem[];
	}
	export interface MoneyOutput {
	    minor: number;
	    currency: string;
	    text: string;
	}
	export interface ItemOutput {
	    marketplace: string;
	    sku: string;
	    asin: string;
	    title: string;
	    price?: MoneyOutput;
	    cost?: MoneyOutput;
	    lead_time_days: number;
	    lead_assumed: boolean;
	    tags: string[];
	    group: string;
	}
	export interface ItemsInput {
	    filter: string;
	    missing_cost: boolean;
	    offset: number;
	    limit: number;
	}
	export interface ItemsOutput {
	    rows: ItemOutput[];
	    total: number;
	    missing_cost: number;
	    default_lead_time: number;
	}
	export interface MarksInUseOutput {
	    tags: string[];
	    groups: string[];
	}
	export interface MarksOutput {
	    subject: string;
	    tags: string[];
	    group: string;
	}
	
	export interface RestoreMarksInput {
	    marks: MarksOutput[];
	}
	export interface SetDefaultLeadTimeInput {
	    days: number;
	}
	export interface SetItemInput {
	    marketplace: string;
	    sku: string;
	    cost: string;
	    lead_time_days: string;
	}
	export interface SetMarksInput {
	    subjects: string[];
	    add_tags: string[];
	    remove_tags: string[];
	    set_group: boolean;
	    group: string;
	}
	export interface SetMarksOutput {
	    before: MarksOutput[];
	}

}

export namespace dashboards {
	
	export interface ChartDataOutput {
	    name: string;
	    kind: string;
	    data: page.Data;
	}
	export interface RangeInput {
	    preset: string;
	    from: string;
	    to: string;
	    compare: string;
	}
	export interface ScopeInput {
	    marketplaces: string[];
	    tag: string;
	    group: string;
	    currency: string;
	}
	export interface ViewInput {
	    scope: ScopeInput;
	    range: RangeInput;
	}
	export interface ChartInput {
	    page: string;
	    chart: string;
	    subject: string;
	    view: ViewInput;
	}
	export interface ChartOutput {
	    name: string;
	    title: string;
	    kind: string;
	    per_subject: boolean;
	}
	export interface CheckOutput {
	    key: string;
	    number: number;
	    title: string;
	    asks: string;
	    value: string;
	    detail: string;
	    state: string;
	    link: string;
	    name: string;
	    subject: string;
	    money: boolean;
	}
	export interface ChecksOutput {
	    checks: CheckOutput[];
	}
	export interface ColumnOutput {
	    name: string;
	    title: string;
	    type: string;
	    unit: string;
	    meaning: string;
	    formula: string;
	    sources: string[];
	    better: string;
	    sortable: boolean;
	    part: string;
	    measure: boolean;
	}
	export interface ColumnsInput {
	    page: string;
	    table: string;
	}
	export interface ColumnsOutput {
	    columns: ColumnOutput[];
	}
	export interface PartOutput {
	    name: string;
	    title: string;
	    subject: string;
	    label: string;
	    sign: string;
	    value: ValueOutput;
	}
	export interface SourceOutput {
	    kind: string;
	    title: string;
	    as_of: string;
	    state: string;
	}
	export interface ValueOutput {
	    text: string;
	    num?: number;
	    currency: string;
	    approx: boolean;
	    maturity: string;
	    as_of: string;
	    source: string;
	    note: string;
	    line: number[];
	    good: string;
	}
	export interface DefinitionOutput {
	    name: string;
	    title: string;
	    subject: string;
	    label: string;
	    values: ValueOutput[];
	    meaning: string;
	    formula: string;
	    unit: string;
	    from: string;
	    to: string;
	    sources: SourceOutput[];
	    parts: PartOutput[];
	    has_rows: boolean;
	}
	export interface EmptyOutput {
	
	}
	export interface TableInput {
	    page: string;
	    table: string;
	    view: ViewInput;
	    preset: string;
	    columns: string[];
	    sort: string;
	    desc: boolean;
	    filters: page.Filter[];
	    query: string;
	    group: string;
	    collapsed: string[];
	    subject: string;
	    offset: number;
	    limit: number;
	}
	export interface ExportInput {
	    format: string;
	    table: TableInput;
	    subjects: string[];
	}
	export interface ExportOutput {
	    name: string;
	    path: string;
	    rows: number;
	}
	export interface FigureOutput {
	    name: string;
	    title: string;
	    unit: string;
	    value: ValueOutput;
	}
	export interface FileOutput {
	    document: number;
	    name: string;
	    kind: string;
	}
	export interface GroupingOutput {
	    name: string;
	    title: string;
	}
	export interface HitOutput {
	    kind: string;
	    title: string;
	    detail: string;
	    link: string;
	}
	export interface LaneOutput {
	    name: string;
	    data: page.Data;
	}
	export interface MarketplaceOutput {
	    code: string;
	    name: string;
	    currency: string;
	}
	export interface NoticeOutput {
	    kind: string;
	    text: string;
	    link: string;
	}
	export interface PageInput {
	    page: string;
	    view: ViewInput;
	}
	export interface PresetOutput {
	    name: string;
	    title: string;
	    filters: page.Filter[];
	}
	export interface TableSpecOutput {
	    name: string;
	    title: string;
	    subject: string;
	    list: boolean;
	    columns: string[];
	    sort: string;
	    desc: boolean;
	    presets: PresetOutput[];
	    groups: GroupingOutput[];
	}
	export interface TileOutput {
	    name: string;
	    title: string;
	    values: ValueOutput[];
	    subject: string;
	    change: ValueOutput;
	    before: string;
	    unit: string;
	    window: string;
	    line: number[];
	    table: string;
	    preset: string;
	}
	export interface PageOutput {
	    name: string;
	    title: string;
	    question: string;
	    state: string;
	    reason: string;
	    as_of: string;
	    from: string;
	    to: string;
	    compare_from: string;
	    compare_to: string;
	    tiles: TileOutput[];
	    charts: ChartOutput[];
	    tables: TableSpecOutput[];
	    notices: NoticeOutput[];
	    empty: boolean;
	    needs: string[];
	}
	
	
	
	export interface RateInput {
	    from: string;
	    to: string;
	    day: string;
	    rate: string;
	    source: string;
	}
	export interface RateOutput {
	    from: string;
	    to: string;
	    day: string;
	    rate: string;
	    source: string;
	}
	export interface RatesOutput {
	    rates: RateOutput[];
	}
	export interface ReferenceInput {
	    name: string;
	    subject: string;
	    view: ViewInput;
	}
	export interface RowsInput {
	    reference: ReferenceInput;
	    offset: number;
	    limit: number;
	}
	export interface TableRowOutput {
	    kind: string;
	    key: string;
	    subject: string;
	    label: string;
	    detail: string;
	    tags: string[];
	    count: number;
	    cells: ValueOutput[];
	    document: number;
	    line: number;
	}
	export interface RowsOutput {
	    title: string;
	    how: string;
	    columns: ColumnOutput[];
	    rows: TableRowOutput[];
	    total: number;
	    files: FileOutput[];
	}
	export interface SaveViewInput {
	    id: string;
	    name: string;
	    page: string;
	    address: string;
	}
	export interface SavedViewOutput {
	    id: string;
	    name: string;
	    page: string;
	    address: string;
	}
	export interface SavedViewsOutput {
	    views: SavedViewOutput[];
	}
	
	export interface ScopesOutput {
	    marketplaces: MarketplaceOutput[];
	    tags: string[];
	    groups: string[];
	    currencies: string[];
	}
	export interface SearchInput {
	    query: string;
	}
	export interface SearchOutput {
	    hits: HitOutput[];
	}
	
	export interface SpanOutput {
	    from: string;
	    to: string;
	    title: string;
	    kind: string;
	}
	export interface SubjectInput {
	    subject: string;
	    view: ViewInput;
	}
	
	export interface TableOutput {
	    columns: ColumnOutput[];
	    rows: TableRowOutput[];
	    total: number;
	    found: number;
	    totals: ValueOutput[];
	    sort: string;
	    desc: boolean;
	    as_of: string;
	    sub_kind: string;
	}
	
	
	
	export interface TimelineOutput {
	    subject: string;
	    sku: string;
	    marketplace: string;
	    asin: string;
	    title: string;
	    tags: string[];
	    group: string;
	    elsewhere: string[];
	    from: string;
	    to: string;
	    figures: FigureOutput[];
	    lanes: LaneOutput[];
	    spans: SpanOutput[];
	    markers: page.Marker[];
	}
	
	export interface ViewIDInput {
	    id: string;
	}

}

export namespace decision {
	
	export interface Why {
	    case: string;
	    clause: string;
	    expression: string;
	    text: string;
	    value: string;
	    unit: string;
	    source: string;
	    as_of: string;
	    maturity: string;
	    result: string;
	    depth: number;
	    note: string;
	}

}

export namespace decisions {
	
	export interface ActionOutput {
	    kind: string;
	    label: string;
	    units: number;
	    proposed_units: number;
	    link: string;
	    checklist: string[];
	}
	export interface ApproveInput {
	    id: string;
	    ids: string[];
	    units: number;
	    seen: string;
	}
	export interface AuditOutput {
	    seq: number;
	    at: string;
	    from: string;
	    to: string;
	    by: string;
	    reason: string;
	    hash: string;
	}
	export interface MoneyOutput {
	    minor: number;
	    currency: string;
	    text: string;
	}
	export interface LineDraft {
	    decision: string;
	    title: string;
	    label: string;
	    kind: string;
	    kind_title: string;
	    level: number;
	    entity: string;
	    before: string;
	    after: string;
	    payload: string;
	    hash: string;
	    money?: MoneyOutput;
	    units: number;
	    against: string[];
	    note: string;
	}
	export interface BatchOutput {
	    seen: string;
	    lines: LineDraft[];
	    riskiest: string[];
	    level: number;
	    totals: MoneyOutput[];
	    against: number;
	    hold_s: number;
	    valid_hours: number;
	}
	export interface CaseStatsOutput {
	    proposed: number;
	    approved: number;
	    dismissed: number;
	    wrong: number;
	    known: number;
	    not_worth_it: number;
	    too_late: number;
	    snoozed: number;
	    cleared: number;
	    open: number;
	    dismissed_share?: number;
	    case: string;
	}
	export interface UndoOutput {
	    possible: boolean;
	    title: string;
	    verb: string;
	    at: string;
	    ids: string[];
	}
	export interface TabOutput {
	    name: string;
	    count: number;
	}
	export interface LineOutput {
	    marketplace: string;
	    sku: string;
	    label: string;
	    units: number;
	    decision: string;
	    unit_cost?: MoneyOutput;
	    total?: MoneyOutput;
	    state: string;
	    created_at: string;
	}
	export interface OppositeOutput {
	    policy: string;
	    policy_title: string;
	    case: string;
	    title: string;
	    do: string;
	    effect: string;
	}
	export interface HeldOutput {
	    policy: string;
	    title: string;
	    why: string;
	}
	export interface ItemOutput {
	    id: string;
	    ids: string[];
	    subject_kind: string;
	    subject: string;
	    label: string;
	    marketplace: string;
	    policy: string;
	    policy_title: string;
	    version: number;
	    case: string;
	    severity: string;
	    title: string;
	    sentence: string;
	    do: string;
	    if_you_wait: string;
	    at_stake?: MoneyOutput;
	    at_stake_per: string;
	    due: string;
	    due_text: string;
	    due_days: number;
	    action: ActionOutput;
	    state: string;
	    state_text: string;
	    state_at: string;
	    regressed: boolean;
	    maturity: string;
	    settled: string;
	    as_of: string;
	    age_days: number;
	    unknown: string[];
	    held_by: HeldOutput[];
	    not_done: string;
	    against: OppositeOutput[];
	    members: ItemOutput[];
	}
	export interface ChangeOutput {
	    already: boolean;
	    title: string;
	    items: ItemOutput[];
	    lines: LineOutput[];
	    tabs: TabOutput[];
	    undoable: UndoOutput;
	}
	export interface CheckTaskInput {
	    id: string;
	    step: number;
	    done: boolean;
	}
	export interface DelegateInput {
	    id: string;
	    ids: string[];
	    owner: string;
	    due: string;
	}
	export interface StepOutput {
	    text: string;
	    done: boolean;
	}
	export interface TaskOutput {
	    decision: string;
	    title: string;
	    label: string;
	    link: string;
	    steps: StepOutput[];
	    done: boolean;
	    owner: string;
	    due: string;
	    created_at: string;
	}
	export interface WhyOutput {
	    case: string;
	    clause: string;
	    expression: string;
	    text: string;
	    value: string;
	    unit: string;
	    source: string;
	    as_of: string;
	    maturity: string;
	    result: string;
	    depth: number;
	    note: string;
	}
	export interface DetailOutput {
	    id: string;
	    ids: string[];
	    subject_kind: string;
	    subject: string;
	    label: string;
	    marketplace: string;
	    policy: string;
	    policy_title: string;
	    version: number;
	    case: string;
	    severity: string;
	    title: string;
	    sentence: string;
	    do: string;
	    if_you_wait: string;
	    at_stake?: MoneyOutput;
	    at_stake_per: string;
	    due: string;
	    due_text: string;
	    due_days: number;
	    action: ActionOutput;
	    state: string;
	    state_text: string;
	    state_at: string;
	    regressed: boolean;
	    maturity: string;
	    settled: string;
	    as_of: string;
	    age_days: number;
	    unknown: string[];
	    held_by: HeldOutput[];
	    not_done: string;
	    against: OppositeOutput[];
	    members: ItemOutput[];
	    why: WhyOutput[];
	    history: AuditOutput[];
	    restock_line?: LineOutput;
	    task?: TaskOutput;
	    note: string;
	    reason: string;
	    snooze: string;
	    until: string;
	    actions: action.Trail[];
	}
	export interface EditInput {
	    id: string;
	    units: number;
	}
	
	export interface IDInput {
	    id: string;
	}
	export interface InboxInput {
	    tab: string;
	    marketplace: string;
	}
	export interface InboxOutput {
	    as_of: string;
	    applied_at: string;
	    tab: string;
	    tabs: TabOutput[];
	    items: ItemOutput[];
	    also_noticed: ItemOutput[];
	    order_formula: string;
	    seconds_to_clear: number;
	}
	
	export interface LimitsOutput {
	    wasted_dealt: number;
	    wasted_share: number;
	    repeat_times: number;
	    source: string;
	    date: string;
	}
	
	
	export interface LinesOutput {
	    lines: LineOutput[];
	    totals: MoneyOutput[];
	    without_cost: number;
	}
	
	
	export interface PolicyStatsOutput {
	    proposed: number;
	    approved: number;
	    dismissed: number;
	    wrong: number;
	    known: number;
	    not_worth_it: number;
	    too_late: number;
	    snoozed: number;
	    cleared: number;
	    open: number;
	    dismissed_share?: number;
	    policy: string;
	    title: string;
	    wasted: boolean;
	    cases: CaseStatsOutput[];
	}
	export interface RejectInput {
	    id: string;
	    ids: string[];
	    reason: string;
	    note: string;
	}
	export interface RepeatOutput {
	    decision: string;
	    policy: string;
	    policy_title: string;
	    case: string;
	    subject: string;
	    label: string;
	    times: number;
	    reason: string;
	}
	export interface SnoozeInput {
	    id: string;
	    ids: string[];
	    until: string;
	    date: string;
	}
	export interface StatsInput {
	    days: number;
	}
	export interface StatsOutput {
	    days: number;
	    since: string;
	    policies: PolicyStatsOutput[];
	    repeats: RepeatOutput[];
	    limits: LimitsOutput;
	}
	
	
	
	export interface TasksOutput {
	    tasks: TaskOutput[];
	}
	
	export interface VerifyOutput {
	    sound: boolean;
	    rows: number;
	    first: string;
	    last: string;
	    head: string;
	    anchored: number;
	    anchors: number;
	    notes: number;
	    anew: number;
	    faults: string[];
	}

}

export namespace ingest {
	
	export interface DocumentRow {
	    id: number;
	    file: string;
	    kind: string;
	    kind_title: string;
	    marketplace: string;
	    rows: number;
	    stored: number;
	    quarantined: number;
	    first_day: string;
	    last_day: string;
	    observed_at: string;
	    imported_at: string;
	    size: number;
	    state: string;
	    waiting: string;
	    origin: string;
	    cleared_at: string;
	}
	export interface DocumentsOutput {
	    rows: DocumentRow[];
	    total: number;
	}
	export interface EmptyOutput {
	
	}
	export interface FileResult {
	    file: string;
	    path: string;
	    sha256: string;
	    kind: string;
	    kind_title: string;
	    marketplace: string;
	    rows: number;
	    stored: number;
	    duplicates: number;
	    quarantined: number;
	    first_day: string;
	    last_day: string;
	    encoding: string;
	    observed_at: string;
	    unknown_columns: string[];
	    needs: string[];
	    problems: source.Problem[];
	    bad: source.BadRow[];
	    refused: boolean;
	}
	export interface OptionInput {
	    path: string;
	    marketplace: string;
	    encoding: string;
	    period_from: string;
	    period_to: string;
	    date_order: string;
	}
	export interface FilesInput {
	    paths: string[];
	    options: OptionInput[];
	}
	export interface KindFreshness {
	    kind: string;
	    title: string;
	    state: string;
	    as_of: string;
	    settled_through: string;
	    through: string;
	    rows: number;
	    documents: number;
	    where: string;
	    unlocks: string;
	    text: string;
	}
	export interface FreshnessOutput {
	    kinds: KindFreshness[];
	}
	export interface Job {
	    id: string;
	    kind: string;
	    state: string;
	    stage: string;
	    done: number;
	    total: number;
	    rate_text: string;
	    eta_text: string;
	    message: string;
	    files: FileResult[];
	}
	export interface JobInput {
	    id: string;
	}
	export interface JobStartedOutput {
	    job_id: string;
	}
	
	
	export interface OriginalInput {
	    document: number;
	    line: number;
	}
	export interface OriginalRow {
	    line: number;
	    cells: string[];
	}
	export interface OriginalOutput {
	    document: number;
	    file: string;
	    kind: string;
	    kind_title: string;
	    imported_at: string;
	    as_of: string;
	    line: number;
	    lines: number;
	    header: string[];
	    cells: string[];
	    raw: string;
	    path: string;
	    before: OriginalRow[];
	    after: OriginalRow[];
	}
	
	export interface PageInput {
	    offset: number;
	    limit: number;
	}
	export interface QuarantineInput {
	    document_id: number;
	}
	export interface QuarantineRow {
	    line: number;
	    column: string;
	    reason: string;
	    text: string;
	}
	export interface QuarantineOutput {
	    rows: QuarantineRow[];
	    total: number;
	}

}

export namespace jobs {
	
	export interface AskInput {
	    id: number;
	}
	export interface FailureOutput {
	    fault: string;
	    message: string;
	    raw: string;
	    request_id: string;
	    operation: string;
	    status: number;
	    at: string;
	}
	export interface AskOutput {
	    id: number;
	    feed: string;
	    title: string;
	    region: string;
	    marketplace: string;
	    kind: string;
	    from: string;
	    to: string;
	    day: string;
	    status: string;
	    text: string;
	    attempts: number;
	    next: string;
	    planned: string;
	    ended: string;
	    rows: number;
	    changed: number;
	    failure?: FailureOutput;
	}
	export interface AsksInput {
	    done: number;
	}
	export interface AsksOutput {
	    asks: AskOutput[];
	}
	export interface DaysInput {
	    days: number;
	}
	export interface EmptyOutput {
	
	}
	
	export interface ProgressOutput {
	    streams: number;
	    ready: number;
	    whole: number;
	    done: number;
	    total: number;
	    percent: number;
	    left: string;
	    text: string;
	    paused: boolean;
	}
	export interface QuotaOutput {
	    day: string;
	    api: string;
	    region: string;
	    group: string;
	    requests: number;
	    begun: number;
	    planned: number;
	    left: string;
	}
	export interface QuotasOutput {
	    days: QuotaOutput[];
	}
	export interface StreamInput {
	    feed: string;
	    region: string;
	    marketplace: string;
	}
	export interface StreamOutput {
	    feed: string;
	    title: string;
	    api: string;
	    region: string;
	    marketplace: string;
	    group: string;
	    state: string;
	    text: string;
	    covered_from: string;
	    covered_until: string;
	    settled_through: string;
	    filled: number;
	    last_success: string;
	    next_run: string;
	    rows: number;
	    seconds: number;
	    runs: number;
	    open: number;
	    quota_left: string;
	    note: string;
	    failure?: FailureOutput;
	}
	export interface StreamsOutput {
	    streams: StreamOutput[];
	}
	export interface TextOutput {
	    text: string;
	}

}

export namespace modulehost {
	
	export interface CellOutput {
	    text: string;
	    num?: number;
	    maturity: string;
	    as_of: string;
	    source: string;
	    note: string;
	}
	export interface ColumnOutput {
	    name: string;
	    title: string;
	    type: string;
	    unit: string;
	    meaning: string;
	    formula: string;
	    sources: string[];
	    daily: string;
	    better: string;
	}
	export interface EmptyOutput {
	
	}
	export interface FactTableInput {
	    module: string;
	    subject_kind: string;
	    filter: string;
	    sort: string;
	    desc: boolean;
	    offset: number;
	    limit: number;
	    as_of: string;
	    subject: string;
	}
	export interface RowOutput {
	    subject: string;
	    label: string;
	    detail: string;
	    cells: CellOutput[];
	}
	export interface SubjectKindOutput {
	    kind: string;
	    title: string;
	    count: number;
	}
	export interface FactTableOutput {
	    module: string;
	    title: string;
	    as_of: string;
	    subject_kinds: SubjectKindOutput[];
	    columns: ColumnOutput[];
	    rows: RowOutput[];
	    total: number;
	}
	export interface ModuleInput {
	    module: string;
	}
	export interface ModuleOutput {
	    name: string;
	    title: string;
	    input: string;
	    output: string;
	    state: string;
	    reason: string;
	    since: string;
	    recoverable: boolean;
	    facts: number;
	    streams: string[];
	}
	export interface ModulesOutput {
	    modules: ModuleOutput[];
	}
	
	export interface SeriesInput {
	    series: string;
	    subject: string;
	    from: string;
	    to: string;
	}
	export interface SeriesOutput {
	    series: string;
	    title: string;
	    unit: string;
	    currency: string;
	    days: number[];
	    values: number[];
	    settling_from: number;
	}

}

export namespace notifications {
	
	export interface MessageOutput {
	    at: string;
	    brief: boolean;
	    things: number;
	    title: string;
	    body: string;
	}
	export interface Settings {
	    brief: string;
	    quiet_from: string;
	    quiet_to: string;
	    budget: number;
	    paused: string;
	}
	export interface SettingsOutput {
	    settings: Settings;
	    defaults: Settings;
	    week: number;
	    messages: MessageOutput[];
	}

}

export namespace page {
	
	export interface Bar {
	    label: string;
	    value: number;
	    text: string;
	    detail: string;
	    total: boolean;
	    known: boolean;
	    name: string;
	    subject: string;
	}
	export interface Bullet {
	    label: string;
	    detail: string;
	    value?: number;
	    target?: number;
	    max: number;
	    text: string;
	    against: string;
	    state: string;
	    name: string;
	    subject: string;
	}
	export interface Point {
	    x: number;
	    y: number;
	    size: number;
	    label: string;
	    subject: string;
	}
	export interface Marker {
	    day: number;
	    title: string;
	    kind: string;
	    link: string;
	}
	export interface Line {
	    name: string;
	    label: string;
	    role: string;
	    values: number[];
	}
	export interface Data {
	    title: string;
	    summary: string;
	    note: string;
	    unit: string;
	    currency: string;
	    days: number[];
	    lines: Line[];
	    settling_from: number;
	    from: number;
	    markers: Marker[];
	    bars: Bar[];
	    bullets: Bullet[];
	    points: Point[];
	    x_title: string;
	    x_unit: string;
	    y_title: string;
	    y_unit: string;
	}
	export interface Filter {
	    column: string;
	    op: string;
	    value: string;
	}
	
	

}

export namespace retention {
	
	export interface AmazonOutput {
	    api: string;
	    region: string;
	    title: string;
	    text: string;
	    link: string;
	}
	export interface NextOutput {
	    day: string;
	    documents: number;
	    bytes: number;
	    rows: number;
	    text: string;
	}
	export interface HoldingOutput {
	    origin: string;
	    origin_title: string;
	    bound: boolean;
	    why: string;
	    documents: number;
	    cleared: number;
	    bytes: number;
	    rows: number;
	    oldest: string;
	}
	export interface FigureOutput {
	    name: string;
	    text: string;
	    days: number;
	    years: number;
	    source: string;
	    date: string;
	}
	export interface ClassOutput {
	    name: string;
	    title: string;
	    about: string;
	    kept: string;
	    days: number;
	    endless: boolean;
	    edit: string;
	    shortest: number;
	    longest: number;
	    law: string;
	    years: number;
	    changed: string;
	    figures: FigureOutput[];
	    holdings: HoldingOutput[];
	    next: NextOutput;
	}
	export interface RunPartOutput {
	    part: string;
	    title: string;
	    class: string;
	    documents: number;
	    rows: number;
	    bytes: number;
	    before: string;
	    text: string;
	}
	export interface RunOutput {
	    id: number;
	    began_at: string;
	    ended_at: string;
	    who: string;
	    documents: number;
	    rows: number;
	    bytes: number;
	    freed: number;
	    parts: RunPartOutput[];
	    waiting: string[];
	    text: string;
	}
	export interface ClassesOutput {
	    classes: ClassOutput[];
	    bound: string;
	    bound_source: string;
	    bound_date: string;
	    as_of: string;
	    next_run: string;
	    runs: RunOutput[];
	    waiting: string[];
	}
	export interface OutsideOutput {
	    path: string;
	    text: string;
	}
	export interface ItemOutput {
	    kind: string;
	    title: string;
	    count: number;
	    unit: string;
	    bytes: number;
	}
	export interface EraseBeginOutput {
	    word: string;
	    folder: string;
	    demo: boolean;
	    items: ItemOutput[];
	    files: number;
	    bytes: number;
	    amazon: AmazonOutput[];
	    outside: OutsideOutput[];
	    text: string;
	}
	export interface EraseInput {
	    word: string;
	}
	
	
	
	
	
	export interface ReceiptOutput {
	    at: string;
	    folder: string;
	    demo: boolean;
	    who: string;
	    resumed: boolean;
	    items: ItemOutput[];
	    files: number;
	    bytes: number;
	    amazon: AmazonOutput[];
	    outside: OutsideOutput[];
	    left: OutsideOutput[];
	    text: string;
	    text_path: string;
	    json_path: string;
	}
	export interface ReceiptsOutput {
	    receipts: ReceiptOutput[];
	}
	
	
	export interface SetClassInput {
	    name: string;
	    days: number;
	    years: number;
	    law: string;
	}

}

export namespace rules {
	
	export interface BacktestInput {
	    yaml: string;
	    policy: string;
	    against: number;
	    days: number;
	    as_of: string;
	}
	export interface ProblemOutput {
	    where: string;
	    field: string;
	    line: number;
	    column: number;
	    from: number;
	    to: number;
	    message: string;
	}
	export interface OverlapOutput {
	    policy: string;
	    title: string;
	    share: number;
	}
	export interface EpisodeOutput {
	    subject: string;
	    label: string;
	    case: string;
	    title: string;
	    from: string;
	    to: string;
	    days: number;
	    at_stake: string;
	    running: boolean;
	    did: string;
	    unsettled: boolean;
	    before: boolean;
	    held: number;
	    held_by: string[];
	}
	export interface SummaryOutput {
	    episodes: number;
	    subjects: number;
	    per_week: number;
	    seconds_per_week: number;
	    cleared: number;
	    running: number;
	    acted: number;
	    dismissed: number;
	    median_days: number;
	    pointed_at: string[];
	    busiest: number;
	    held: number;
	}
	export interface WeekOutput {
	    from: string;
	    episodes: number;
	    before: number;
	    unsettled: boolean;
	}
	export interface BacktestOutput {
	    from: string;
	    to: string;
	    days: number;
	    skipped: number;
	    unsettled: number;
	    weeks: WeekOutput[];
	    summary: SummaryOutput;
	    before?: SummaryOutput;
	    only: number;
	    only_before: number;
	    both: number;
	    episodes: EpisodeOutput[];
	    overlaps: OverlapOutput[];
	    problems: ProblemOutput[];
	    took_ms: number;
	}
	export interface Condition {
	    kind: string;
	    parts: Condition[];
	    left: string;
	    op: string;
	    right: string;
	}
	export interface ConditionModel {
	    text: string;
	    tree?: Condition;
	}
	export interface CaseModel {
	    name: string;
	    when: ConditionModel;
	    needed: boolean;
	    hold: number;
	    keep: string;
	    cooldown: number;
	    severity: string;
	    critical_when: string;
	    inhibited_by: string[];
	    effects: string[];
	    blocks: string[];
	    group: string;
	    title: string;
	    sentence: string;
	    do: string;
	    if_you_wait: string;
	    money: string;
	    per: string;
	    worse: string;
	    due: string;
	    due_fixed: boolean;
	    action_kind: string;
	    action_label: string;
	    checklist: string[];
	    link: string;
	    units: string;
	    target: string;
	}
	export interface CaseOutput {
	    name: string;
	    when: string;
	    needed: boolean;
	    severity: string;
	    inhibited_by: string[];
	    title: string;
	    action: string;
	}
	export interface CaseTraceOutput {
	    case: string;
	    when: string;
	    needed: boolean;
	    result: string;
	    note: string;
	    why: decision.Why[];
	}
	export interface ClauseModel {
	    name: string;
	    title: string;
	    when: ConditionModel;
	    words: string;
	}
	export interface ClauseOutput {
	    name: string;
	    title: string;
	    when: string;
	}
	
	
	export interface ThresholdModel {
	    name: string;
	    title: string;
	    value?: number;
	    from: string;
	    unit: string;
	    meaning: string;
	    min: number;
	    max: number;
	    source: string;
	    date: string;
	}
	export interface PolicyModel {
	    name: string;
	    title: string;
	    version: number;
	    subject: string;
	    topic: string;
	    off: boolean;
	    stage: string;
	    priority: number;
	    description: string;
	    source: string;
	    date: string;
	    scope: ConditionModel;
	    accepts: string[];
	    accepts_stale: string[];
	    min_age: number;
	    unknown: string;
	    thresholds: ThresholdModel[];
	    clauses: ClauseModel[];
	    cases: CaseModel[];
	    otherwise: string;
	}
	export interface Draft {
	    yaml: string;
	    policy?: PolicyModel;
	    problems: ProblemOutput[];
	    warnings: string[];
	}
	export interface DraftInput {
	    yaml: string;
	    policy?: PolicyModel;
	}
	export interface EffectOutput {
	    effect: string;
	    words: string;
	    grows: boolean;
	}
	
	export interface ExceptionInput {
	    policy: string;
	    case: string;
	    subject: string;
	    reason: string;
	    until: string;
	}
	export interface ExceptionOutput {
	    policy: string;
	    case: string;
	    subject: string;
	    label: string;
	    reason: string;
	    until: string;
	    at: string;
	}
	export interface ExceptionsOutput {
	    exceptions: ExceptionOutput[];
	}
	export interface ExplainInput {
	    subject: string;
	    policy: string;
	    as_of: string;
	}
	export interface HeldByOutput {
	    policy: string;
	    title: string;
	    why: string;
	}
	export interface ExplanationOutput {
	    policy: string;
	    title: string;
	    version: number;
	    subject_kind: string;
	    subject: string;
	    label: string;
	    as_of: string;
	    outcome: string;
	    case: string;
	    summary: string;
	    scope?: CaseTraceOutput;
	    cases: CaseTraceOutput[];
	    passed_over: string[];
	    sentence: string;
	    do: string;
	    waiting: string[];
	    guard: boolean;
	    effects: string[];
	    held_by: HeldByOutput[];
	}
	export interface ExplainOutput {
	    explanations: ExplanationOutput[];
	}
	
	export interface FactNodeOutput {
	    name: string;
	    title: string;
	    value: string;
	    as_of: string;
	    source: string;
	    maturity: string;
	    note: string;
	}
	
	export interface PolicyRef {
	    name: string;
	    title: string;
	    subject: string;
	    cases: string[];
	}
	export interface ImportOutput {
	    kept: PolicyRef[];
	    problems: ProblemOutput[];
	}
	export interface NamedNode {
	    name: string;
	    note: string;
	    node?: NodeOutput;
	}
	export interface NodeOutput {
	    result: string;
	    left: string;
	    right: string;
	    as_of: string;
	    note: string;
	    near: boolean;
	    parts: NodeOutput[];
	}
	export interface LiveOutput {
	    subject: string;
	    label: string;
	    outcome: string;
	    case: string;
	    summary: string;
	    scope?: NodeOutput;
	    clauses: NamedNode[];
	    cases: NamedNode[];
	    facts: FactNodeOutput[];
	}
	export interface MakeTestInput {
	    yaml: string;
	    subject: string;
	    as_of: string;
	    name: string;
	    case: string;
	}
	export interface MatchOutput {
	    subject: string;
	    label: string;
	    case: string;
	    title: string;
	    at_stake: string;
	    held_by: string[];
	    distance: number;
	    lacks: string[];
	    existing: boolean;
	    outcome: string;
	    values: decision.Why[];
	}
	
	
	
	export interface ThresholdOutput {
	    name: string;
	    title: string;
	    value?: number;
	    default?: number;
	    from: string;
	    unit: string;
	    text: string;
	    meaning: string;
	    min: number;
	    max: number;
	    source: string;
	    date: string;
	    changed: boolean;
	}
	export interface ReasonOutput {
	    reason: string;
	    subjects: number;
	}
	export interface PolicyOutput {
	    name: string;
	    title: string;
	    subject: string;
	    version: number;
	    description: string;
	    source: string;
	    date: string;
	    scope: string;
	    otherwise: string;
	    topic: string;
	    off: boolean;
	    own: boolean;
	    changed: boolean;
	    guard: boolean;
	    stage: string;
	    priority: number;
	    effects: string[];
	    health: string;
	    last_error: string;
	    subjects: number;
	    matches: number;
	    cant_tell: number;
	    inhibited: number;
	    held: number;
	    waiting: number;
	    excepted: number;
	    unknown: ReasonOutput[];
	    clauses: ClauseOutput[];
	    cases: CaseOutput[];
	    thresholds: ThresholdOutput[];
	}
	export interface PoliciesOutput {
	    as_of: string;
	    policies: PolicyOutput[];
	}
	export interface PolicyInput {
	    policy: string;
	}
	
	
	
	export interface PreviewInput {
	    yaml: string;
	    subject: string;
	    as_of: string;
	    limit: number;
	}
	export interface PreviewOutput {
	    draft: Draft;
	    as_of: string;
	    subjects: number;
	    matched: number;
	    near: number;
	    waiting: number;
	    cant_tell: number;
	    excepted: number;
	    held: number;
	    matches: MatchOutput[];
	    near_misses: MatchOutput[];
	    live?: LiveOutput;
	}
	
	
	export interface SaveInput {
	    yaml: string;
	    note: string;
	    new: boolean;
	}
	export interface SetThresholdInput {
	    policy: string;
	    name: string;
	    value: string;
	}
	export interface SubjectOutput {
	    kind: string;
	    title: string;
	}
	
	export interface SweepInput {
	    yaml: string;
	    threshold: string;
	    days: number;
	}
	export interface SweepPoint {
	    value: number;
	    text: string;
	    matches: number;
	    per_week: number;
	    now: boolean;
	}
	export interface SweepOutput {
	    threshold: string;
	    unit: string;
	    points: SweepPoint[];
	}
	
	export interface SwitchInput {
	    policy: string;
	    on: boolean;
	}
	export interface TestResult {
	    name: string;
	    passed: boolean;
	    wrong: string[];
	}
	export interface TestsInput {
	    policy: string;
	    yaml: string;
	    tests: string;
	}
	export interface TestsOutput {
	    policy: string;
	    text: string;
	    shipped: boolean;
	    results: TestResult[];
	    problems: ProblemOutput[];
	}
	export interface TextInput {
	    yaml: string;
	}
	export interface TextOutput {
	    yaml: string;
	    name: string;
	}
	export interface ThresholdInput {
	    policy: string;
	    name: string;
	}
	
	
	export interface TraceOutput {
	    policy: string;
	    policy_title: string;
	    version: number;
	    subject: string;
	    label: string;
	    day: string;
	    time: string;
	    outcome: string;
	    case: string;
	    summary: string;
	    changed: string;
	    why: decision.Why[];
	}
	export interface TracesInput {
	    subject: string;
	    policy: string;
	    limit: number;
	}
	export interface TracesOutput {
	    traces: TraceOutput[];
	}
	export interface VersionInput {
	    policy: string;
	    version: number;
	    shipped: boolean;
	}
	export interface VersionOutput {
	    version: number;
	    at: string;
	    note: string;
	    yaml: string;
	    current: boolean;
	    shipped: boolean;
	}
	export interface VersionsOutput {
	    policy: string;
	    versions: VersionOutput[];
	}
	export interface VocabularyInput {
	    subject: string;
	}
	export interface WordOutput {
	    name: string;
	    title: string;
	    type: string;
	    unit: string;
	    meaning: string;
	    about: string;
	    many: boolean;
	    insert: string;
	}
	export interface VocabularyOutput {
	    subject: string;
	    facts: WordOutput[];
	    functions: WordOutput[];
	    subjects: SubjectOutput[];
	    policies: PolicyRef[];
	    effects: EffectOutput[];
	    formats: string[];
	    action_kinds: string[];
	}
	

}

export namespace source {
	
	export interface BadRow {
	    line: number;
	    column: string;
	    reason: string;
	    text: string;
	}
	export interface Problem {
	    code: string;
	    message: string;
	    fatal: boolean;
	}

}


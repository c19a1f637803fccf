// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/all.h>
#include <rules/ecr_scans.h>
#include <rules/pipelines.h>

#include <algorithm>

namespace tenken
{

namespace
{

const Text title{"イメージの脆弱性検査", "Image vulnerability scan"};
const Text sought{"イメージの脆弱性検査", "an image scan"};

enum class Scan { Stops, Unclear, Ignored, Late, Elsewhere };

/// What brings the image to where it runs: jobs by their environment, and steps.
struct Deliveries {
    std::vector<size_t> jobs;
    std::vector<const FoundStep *> steps;
};

Deliveries deliveriesIn(const PipelineSteps &steps)
{
    Deliveries all{{}, steps.of(Deploys)};
    for (size_t j = 0; j < steps.pipeline->jobs.size(); ++j) {
        if (!steps.pipeline->jobs[j].environment.isEmpty())
            all.jobs.push_back(j);
    }
    return all;
}

/// Some delivery goes on although the scan has failed.
bool deliversAfter(const Deliveries &deliveries, const PipelineOutcome &usual, const PipelineOutcome &failed, const StepRef &scan)
{
    const auto goesOn = [](Tri before, Tri now) { return before != Tri::No && now != Tri::No; };
    return std::ranges::any_of(deliveries.jobs, [&](size_t j) { return j != scan.job && goesOn(usual.jobs[j].ran, failed.jobs[j].ran); })
        || std::ranges::any_of(deliveries.steps, [&](const FoundStep *d) { return goesOn(usual.ran(d->ref), failed.ran(d->ref)); });
}

/// What a scan that finds something does to the push, and to the deliveries after it.
Scan scanOn(const Pipeline &pipeline, const FoundStep &scan, const FoundStep &push, const Deliveries &deliveries,
            const Occasion &occasion, Simulations &simulations)
{
    simulations.count(20 + deliveries.jobs.size() + deliveries.steps.size());
    const PipelineOutcome &usual = simulations.get(pipeline, occasion);
    if (usual.ran(scan.ref) == Tri::No)
        return Scan::Elsewhere;
    if (scan.canFail == Tri::No)
        return Scan::Ignored;
    const PipelineOutcome &failed = simulations.get(pipeline, occasion, scan.ref);
    const Tri good = failed.jobs[scan.ref.job].good;
    if (scan.canFail == Tri::Maybe || (good == Tri::Maybe && usual.jobs[scan.ref.job].ran == Tri::Yes))
        return Scan::Unclear;
    if (good != Tri::No)
        return Scan::Ignored;
    if (gateOf(pipeline, scan, push, occasion, simulations) == Gate::Holds)
        return Scan::Stops;
    if (deliversAfter(deliveries, usual, failed, scan.ref)) // after the push, what delivers the image has to stop
        return Scan::Late;
    return usual.ran(scan.ref) == Tri::Maybe ? Scan::Elsewhere : Scan::Stops;
}

/// A scan in the workflow whose end starts the one that pushes.
Scan scanAcross(Gate gate)
{
    switch (gate) {
    case Gate::Holds:
        return Scan::Stops;
    case Gate::Unclear:
        return Scan::Unclear;
    case Gate::Ignored:
        return Scan::Ignored;
    default:
        return Scan::Elsewhere;
    }
}

Finding sayResult(Finding f, const FoundStep &scan, Scan result)
{
    f.measured = sameText(scan.what);
    switch (result) {
    case Scan::Stops:
        return say(std::move(f), Verdict::Pass, {"見つかった脆弱性が、ジョブを失敗させます。", "What it finds fails the job."});
    case Scan::Unclear:
        return say(std::move(f), Verdict::Unknown,
                   {"見つけたときに失敗するかを決める式を評価できません。", "An expression decides whether findings fail it, and it cannot be evaluated."},
                   {"値を直接書いてください。", "Write the value itself."});
    case Scan::Ignored:
        f.wanted = {"見つけたら失敗", "fails on findings"};
        if (scan.canFail == Tri::No && !scan.lacks.isEmpty()) {
            const bool input = !scan.lacks.startsWith(u'-');
            f.snippet = input ? QStringLiteral("          %1: \"1\"").arg(scan.lacks) : scan.lacks + QStringLiteral(" 1");
            if (scan.lacks != u"exit-code" && input)
                f.snippet = QStringLiteral("          %1: true").arg(scan.lacks);
            if (scan.lacks == u"--fail-on")
                f.snippet = QStringLiteral("--fail-on high");
            return say(std::move(f), Verdict::Warn,
                       Text{"`%1` がないため、脆弱性を見つけても失敗しません。", "Without `%1` it does not fail on what it finds."}.arg(scan.lacks),
                       Text{"`%1` を書き、重大なものだけに絞ってください。", "Set `%1`, and limit it to what is serious."}.arg(scan.lacks));
        }
        return say(std::move(f), Verdict::Warn,
                   {"見つけても、ジョブは失敗しません。", "What it finds cannot fail the job."},
                   {"`continue-on-error`、`allow_failure`、`|| true` を外すか、結果を読んで失敗させてください。",
                    "Remove `continue-on-error`, `allow_failure` and `|| true`, or read the findings and fail on them."});
    case Scan::Late:
        return say(std::move(f), Verdict::Warn,
                   {"検査はしますが、失敗しても配備は止まりません。", "It scans, yet a delivery goes on when it fails."},
                   {"送信の前に置くか、配備のジョブから待ってください。", "Put it before the push, or let the delivery need its job."});
    case Scan::Elsewhere:
        break;
    }
    return say(std::move(f), Verdict::Warn,
               {"検査はしますが、このイメージを送る経路では必ずしも動きません。", "It scans, yet not always on the path that pushes this image."},
               {"イメージを送る経路にも足してください。", "Add it to the path that pushes the image."});
}

struct BestScan {
    Scan scan = Scan::Elsewhere;
    const FoundStep *step = nullptr;
    const PipelineSteps *steps = nullptr;
};

Finding findingForScan(const RuleContext &context, const PushOn &push, const BestScan &best)
{
    const FoundStep &scan = *best.step;
    Finding f = findingAt(context, title, *best.steps->pipeline, scan);
    if (scan.lacksSpan.isValid())
        f.span = scan.lacksSpan;
    const PipelineJob &job = best.steps->pipeline->jobs[scan.ref.job];
    addMark(f, job.file, job.steps[scan.ref.step].continueSpan, {"失敗を無視", "its failure is passed over"});
    addMark(f, push.push->file, push.push->span, {"ここで送信", "the push"});
    return sayResult(std::move(f), scan, best.scan);
}

Finding withoutScan(const RuleContext &context, const PipelineView &view, const std::vector<OpaqueStep> &opaque,
                    const PushOn *push)
{
    for (const PipelineSteps &p : view.pipelines) {
        for (const FoundStep *scan : p.of(ScansImage))
            return sayResult(findingAt(context, title, *p.pipeline, *scan), *scan, Scan::Elsewhere);
    }
    if (const auto declared = ecrScanIn(context)) {
        Finding f = findingFor(context, title);
        f.file = declared->file;
        f.span = placeOf(declared->node);
        f.measured = {"ECR の scan on push", "ECR scan on push"};
        return say(std::move(f), Verdict::Warn,
                   {"ECR が検査しますが、結果は何も止めません。", "ECR scans the image; what it finds stops nothing."},
                   {"送信の後で結果を読み、重大なら失敗する手順を足してください。",
                    "Add a step after the push that reads the findings and fails on serious ones."});
    }
    const auto report = std::ranges::find_if(opaque, [](const OpaqueStep &o) { return o.name.contains(u"Container-Scanning"); });
    if (report != opaque.end()) { // GitLab's own template
        Finding f = findingFor(context, title);
        f.file = report->file;
        f.span = report->span;
        f.measured = sameText(report->name);
        return say(std::move(f), Verdict::Warn,
                   {"GitLab のテンプレートは報告するだけで、見つけても失敗しません。", "GitLab's template reports; what it finds fails nothing."},
                   {"報告を読んで失敗するジョブか、`trivy image --exit-code 1` を、送信の経路に足してください。",
                    "Add a job that reads the report and fails, or `trivy image --exit-code 1`, to the path that pushes."});
    }
    if (!opaque.empty())
        return opaqueFinding(context, title, opaque, sought);
    if (auto idle = idleFinding(context, title, view, ScansImage))
        return *std::move(idle);
    Finding f = push ? findingAt(context, title, *push->steps->pipeline, *push->push) : findingFor(context, title);
    if (!push) {
        f.file = view.pipelines.front().pipeline->file;
        f.span = {1, 1, 1, 2};
    }
    f.measured = {"なし", "none"};
    f.wanted = sought;
    f.snippet = QStringLiteral("      - uses: aquasecurity/trivy-action@0.28.0\n        with:\n          image-ref: registry.example.com/app:${{ github.sha }}\n"
                               "          severity: CRITICAL,HIGH\n          exit-code: \"1\"");
    return say(std::move(f), Verdict::Fail,
               {"イメージの脆弱性を検査する手順がありません。", "No step scans the image for vulnerabilities."},
               {"trivy か grype などの検査を、送信の前に足してください。", "Add a scan such as trivy or grype before the push."});
}

BestScan bestOn(const PipelineView &view, const PushOn &push, const Deliveries &deliveries, const Occasion &occasion,
                Simulations &simulations)
{
    BestScan best;
    const auto offer = [&](Scan scan, const FoundStep *step, const PipelineSteps *steps) {
        if (!best.step || scan < best.scan)
            best = {scan, step, steps};
        return best.scan == Scan::Stops || simulations.exhausted();
    };
    for (const FoundStep *scan : push.steps->of(ScansImage)) {
        if (offer(scanOn(*push.steps->pipeline, *scan, *push.push, deliveries, occasion, simulations), scan, push.steps))
            return best;
    }
    for (const PipelineSteps &other : view.pipelines) {
        if (&other == push.steps || !push.steps->pipeline->startedBy.contains(other.pipeline->name))
            continue;
        for (const FoundStep *scan : other.of(ScansImage)) {
            const Gate gate = gateAcross(*other.pipeline, *scan, *push.steps->pipeline, *push.push, occasion, simulations);
            if (offer(scanAcross(gate), scan, &other))
                return best;
        }
    }
    return best;
}

Finding judgePush(const RuleContext &context, const PipelineView &view, const PushOn &push, Simulations &simulations)
{
    const Deliveries deliveries = deliveriesIn(*push.steps);
    BestScan worst;
    for (const Occasion *occasion : push.occasions) {
        const BestScan best = bestOn(view, push, deliveries, *occasion, simulations);
        if (simulations.exhausted())
            return tooLarge(context, title, push);
        if (!best.step)
            return withoutScan(context, view, push.steps->opaque, &push);
        if (!worst.step || best.scan > worst.scan)
            worst = best;
    }
    return findingForScan(context, push, worst);
}

std::vector<Finding> judge(const RuleContext &context)
{
    if (auto why = whyNoPipelines(context, title))
        return {*std::move(why)};
    const PipelineView view = pipelinesOf(context);
    std::vector<Finding> findings;
    const std::vector<PushOn> pushes = pushesIn(view);
    Simulations simulations;
    for (const PushOn &push : pushes) {
        Finding f = judgePush(context, view, push, simulations);
        const auto same = [&](const Finding &g) { return g.file == f.file && g.span == f.span && g.verdict == f.verdict; };
        if (std::ranges::none_of(findings, same))
            findings.push_back(std::move(f));
    }
    if (pushes.empty())
        findings.push_back(withoutScan(context, view, view.opaque(), nullptr));
    addUnreadPipelines(context, title, findings);
    return findings;
}

} // namespace

Rule imageScanRule()
{
    return {
        "image-scan",
        {"コンテナイメージの脆弱性が検査され、見つかれば失敗するかを見ます。", "Whether the container image is scanned for vulnerabilities and findings fail the job."},
        {"trivy、grype、snyk container、docker scout、dockle、clair、ECR の検査を、イメージを送る経路で探します。見つけても失敗しない書き方は注意です: "
         "trivy-action の exit-code は既定で 0、grype は --fail-on がなければ失敗しません。送信の後の検査は、失敗で配備が止まれば合格です。"
         "ECR の scan on push は、結果を読む手順がなければ何も止めないので注意です。ファイルだけの検査（trivy fs）と hadolint は数えません。"
         "出典: 各ツールの文書と action.yml。",
         "Looks for trivy, grype, snyk container, docker scout, dockle, clair and ECR scans on the path that pushes the image. What cannot fail on "
         "its findings is warn: exit-code of trivy-action is 0 by default, grype never fails without --fail-on. A scan after the push passes where "
         "its failure stops the deliveries. ECR scan on push stops nothing unless a step reads the findings: warn. Scans of files "
         "(trivy fs) and hadolint do not count. Source: each tool's documentation and action.yml."},
        {},
        judge,
        Rule::Source::Service,
    };
}

} // namespace tenken

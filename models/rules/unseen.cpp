// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/unseen.h>

#include <rules/findings.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

namespace
{

bool matchesAny(const QString &path, const QStringList &patterns)
{
    return std::ranges::any_of(patterns, [&](const QString &pattern) {
        const auto glob = QRegularExpression::fromWildcard(pattern, Qt::CaseSensitive,
                                                           QRegularExpression::NonPathWildcardConversion);
        return path == pattern || path.startsWith(pattern.endsWith(u'/') ? pattern : pattern + u'/')
            || glob.match(path).hasMatch();
    });
}

/// Whether a file that could not be read may have held manifests: it is none of the other sources.
bool mayBeManifest(const QString &file, const Service &service)
{
    if (file.isEmpty() || file == service.file)
        return false;
    if (matchesAny(file, service.manifestPatterns))
        return true;
    const bool test =
        std::ranges::any_of(service.loadTests, [&](const auto &t) { return t.files.contains(file); });
    const bool document =
        std::ranges::any_of(service.documents, [&](const auto &d) { return d.file == file; });
    const bool datadog = !service.datadogFolder.isEmpty() && matchesAny(file, {service.datadogFolder});
    QStringList prometheus = service.prometheus.rules + service.prometheus.alertmanager;
    for (const PrometheusSnapshot &snapshot : service.prometheus.snapshots)
        prometheus << snapshot.path;
    const bool record = matchesAny(file, {QString::fromLatin1(testFolder)});
    if (matchesAny(file, service.infrastructurePatterns))
        return false;
    return !record && !test && !document && !datadog && !matchesAny(file, prometheus) && !matchesAny(file, service.pipelinePatterns);
}

/// The change to the object that a finding speaks of, as long as the finding does not come from a rendering of it.
const UnappliedPatch *patchOf(const Finding &f, const Manifests &manifests)
{
    const QString kind = f.object.section(u'/', 0, 0), name = f.object.section(u'/', -1);
    const auto holdsAnother = [&](const UnappliedPatch &p) {
        return f.file != p.objectFile && std::ranges::any_of(manifests.objects, [&](const KubeObject &o) {
            return o.file == f.file && o.kind == kind && o.name == name;
        });
    };
    const auto patch = std::ranges::find_if(manifests.unapplied, [&](const UnappliedPatch &p) {
        return p.kind == kind && p.name == name && !holdsAnother(p);
    });
    return f.object.isEmpty() || patch == manifests.unapplied.end() ? nullptr : &*patch;
}

} // namespace

Finding nothingFound(const RuleContext &context, Rule::Source needs)
{
    Finding f = findingFor(context, {"証拠", "Evidence"});
    switch (needs) {
    case Rule::Source::Manifests:
        return say(
            f, Verdict::Unknown,
            {"判定できるマニフェストがありません。", "There is no manifest that this can be judged from."},
            {"service.yaml の `evidence.manifests` に、本番のマニフェストの場所を書いてください。",
             "Name the production manifests under `evidence.manifests` in service.yaml."});
    case Rule::Source::LoadTests:
        return say(f, Verdict::Unknown, {"負荷試験がありません。", "There is no load test."},
                   {"service.yaml の `evidence.loadtests` に、結果のファイルと Pod の数を書いてください。",
                    "Name result files and pod counts under `evidence.loadtests` in service.yaml."});
    case Rule::Source::Datadog:
        return say(f, Verdict::Unknown, {"Datadog の記録がありません。", "There is no Datadog snapshot."},
                   {"service.yaml の `evidence.datadog` に、記録のフォルダを書いてください。",
                    "Name the snapshot's folder under `evidence.datadog` in service.yaml."});
    case Rule::Source::Documents:
        return say(f, Verdict::Unknown, {"文書がありません。", "There is no document."},
                   {"service.yaml の `evidence.documents` に、文書の場所を書いてください。",
                    "Name the documents under `evidence.documents` in service.yaml."});
    case Rule::Source::Service:
        break;
    }
    return say(f, Verdict::Unknown, {"サービスの記述がありません。", "There is no service description."},
               {"`tenken init` で readiness/service.yaml を作ってください。",
                "Create readiness/service.yaml with `tenken init`."});
}

void addUnreadable(std::vector<Finding> &findings, const RuleContext &context)
{
    for (const Problem &p : context.evidence.unreadable) {
        if (!mayBeManifest(p.file, context.service()))
            continue;
        Finding f = findingFor(context, {"読めないファイル", "Unreadable file"});
        f.file = p.file;
        f.span = p.span;
        findings.push_back(say(std::move(f), Verdict::Unknown,
                               Text{"このファイルが読めず、全体を判定できません: %1",
                                    "This file cannot be read, so not everything is judged: %1"}
                                   .arg(p.message),
                               p.hint));
    }
}

void doubtPatched(std::vector<Finding> &findings, const Manifests &manifests)
{
    if (manifests.unapplied.empty())
        return;
    for (Finding &f : findings) {
        const UnappliedPatch *patch = f.verdict == Verdict::Unknown ? nullptr : patchOf(f, manifests);
        if (!patch)
            continue;
        f.marks.push_back({patch->file, patch->span, {QStringLiteral("適用していない変更"), QStringLiteral("not applied")}});
        f.comparison.reset();
        const Text why = Text{"kustomize がこのオブジェクトを変えますが(%1:%2)、変えた結果を読んでいません。元のままなら: %3",
                              "A kustomization changes this object (%1:%2); the result is not read. As it stands: %3"}
                             .arg(patch->file, patch->span.line, f.reason.isEmpty() ? f.measured : f.reason);
        say(f, Verdict::Unknown, why,
                {QStringLiteral("`evidence.manifests` に `{kustomize: フォルダー}` と書くと、組み立てた結果を判定します。"),
                 QStringLiteral("Write `{kustomize: FOLDER}` under `evidence.manifests` to judge what is rendered.")});
    }
}

} // namespace tenken

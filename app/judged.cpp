// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/judged.h"

#include <review/waived.h>
#include <rules/selection.h>

#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace tenken::app {

bool isServiceFolder(const QString &path)
{
    return QFileInfo(path).fileName() == u"service.yaml"
        || QFileInfo::exists(path + QStringLiteral("/readiness/service.yaml"))
        || (QFileInfo(path).fileName() == u"readiness"
            && QFileInfo::exists(path + QStringLiteral("/service.yaml")));
}

namespace {

Result<Evidence> readStandardInput()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return failure({{}, {}, {"標準入力を読めません", "standard input cannot be read"}, {}});
    return readManifestText(input.read(YamlLimits().bytes + 1), QStringLiteral("stdin"));
}

Result<void> readInto(Judged &judged, const QStringList &paths, const QDate &today,
                      const Permissions &permissions, const QString &named)
{
    judged.bare = paths.size() != 1 || !isServiceFolder(paths.first());
    if (paths.contains(QStringLiteral("-")) && paths.size() > 1)
        return failure({{},
                        {},
                        {"標準入力 (-) は他のパスと一緒に使えません",
                         "standard input (-) cannot be read together with other paths"},
                        {}});
    if (!judged.bare && !named.isEmpty())
        return failure(
            {{},
             {},
             {"サービスのチェックリストは service.yaml の `checklist` が決めます",
              "the service's checklist is the one that `checklist` of service.yaml names"},
             {"--checklist はマニフェストだけを調べるときに使えます", "--checklist is for bare manifests"}});
    auto evidence = paths.first() == u"-" ? readStandardInput()
        : judged.bare
        ? readBareManifests(paths)
        : readEvidence(paths.first(), {.progress = {}, .permissions = permissions, .today = today});
    if (!evidence)
        return failure(evidence.error());
    judged.evidence = std::move(*evidence);
    auto read = named.isEmpty() ? checklistOf(judged.evidence) : checklistNamed(named);
    if (!read)
        return failure(read.error());
    judged.checklist = std::move(read->value);
    std::ranges::move(read->problems, std::back_inserter(judged.evidence.warnings));
    return {};
}

QStringList idsOf(const Checklist &checklist)
{
    QStringList ids;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items)
            ids << item.id;
    }
    return ids;
}

Result<void> select(Judged &judged, const QStringList &items)
{
    if (items.isEmpty())
        return {};
    auto selected = selectItems(judged.checklist, items);
    if (!selected.problems.empty()) {
        Problem problem = selected.problems.front();
        if (problem.hint.isEmpty())
            problem.hint = {"`tenken check DIR --format json` が全項目の id を出します。",
                            "`tenken check DIR --format json` lists the ids of all items."};
        return failure(std::move(problem));
    }
    judged.checklist = std::move(selected.value);
    judged.only = idsOf(judged.checklist);
    return {};
}

/// Said first: a part that is met says nothing of the rest.
Text leadOfPart(const Judged &judged)
{
    const auto &items = judged.outcome.items;
    const StageOutcome *applied = judged.outcome.appliedStage();
    if (applied && std::ranges::none_of(items, &ItemStanding::needed)) {
        const ItemStanding &first = *std::ranges::min_element(items, {}, &ItemStanding::stage);
        return Text{"指定された項目は、段階 %1 ではまだ要りません。%2 が最初に要るのは段階 %3 です。",
                    "No item asked for is needed at %1 yet: %2 is first needed at %3."}
            .arg(applied->title, first.item->id, judged.outcome.stages[size_t(first.stage)].title);
    }
    return Text{"指定された %1 項目だけの判定です。%2", items.size() == 1 ? "Of the %1 item asked for: %2" : "Of the %1 items asked for: %2"}
        .arg(items.size(), judged.outcome.lead);
}

Problem noStage(const Checklist &checklist, const QString &stage)
{
    QStringList known;
    for (const Stage &s : checklist.stages)
        known << s.id;
    const auto near = didYouMean(stage, known);
    return {{}, {}, Text{"チェックリスト %2 に段階 %1 はありません", "checklist %2 has no stage %1"}.arg(stage, checklist.id),
            near ? Text{"%1 のことですか", "did you mean %1?"}.arg(*near)
                 : Text{"使える段階: %1", "known: %1"}.arg(known.isEmpty() ? QString(u'–') : known.join(u", "))};
}

} // namespace

Result<std::unique_ptr<Judged>> judge(const QStringList &paths, const QStringList &items, const QDate &today,
                                      const Permissions &permissions, const QString &checklist,
                                      const QString &stage)
{
    auto judged = std::make_unique<Judged>();
    judged->today = today;
    if (auto read = readInto(*judged, paths, today, permissions, checklist); !read)
        return failure(read.error());
    if (judged->bare)
        judged->checklist = selectManifestItems(judged->checklist);
    // Items lean on each other (what the peaks need is planned once): asking for one must not change what it
    // says.
    const Checklist whole = judged->checklist;
    if (auto selected = select(*judged, items); !selected)
        return failure(selected.error());
    std::vector<Objection> objections;
    if (!judged->bare) {
        auto file = readReview(judged->evidence.folder, judged->evidence.service, whole);
        if (file) {
            judged->review = std::move(file->review);
            judged->answers = file->base.isEmpty() ? QByteArray() : sha256Hex(file->base);
            judged->evidence.monitorLinks = judged->review->monitors;
            std::ranges::move(file->problems, std::back_inserter(judged->evidence.warnings));
            if (items.isEmpty()) // asked for alone, an item says nothing of others
                objections = strayObjections(*judged->review, whole);
        } else {
            judged->evidence.unreadable.push_back(file.error());
            objections.push_back(unreadableReview(file.error()));
        }
        auto dissents = readDissents(judged->evidence.folder);
        judged->dissents = std::move(dissents.value);
        std::ranges::move(dissents.problems, std::back_inserter(judged->evidence.unreadable));
    }
    judged->assessment = evaluate(whole, judged->evidence, idsOf(judged->checklist));
    std::ranges::copy(judged->assessment.problems, std::back_inserter(judged->evidence.warnings));
    if (judged->review) {
        judged->assessment = withWaivers(judged->assessment, &*judged->review, today);
        std::ranges::move(waiverProblems(judged->assessment, *judged->review, today),
                          std::back_inserter(judged->evidence.warnings));
    }
    if (!stage.isEmpty() && !whole.stageIndex(stage))
        return failure(noStage(whole, stage));
    judged->outcome = decide(judged->checklist, judged->assessment,
                             judged->review ? &*judged->review : nullptr, today, stage, objections);
    if (!judged->only.isEmpty())
        judged->outcome.lead = leadOfPart(*judged);
    if (judged->review)
        std::ranges::move(decisionProblems(judged->outcome, judged->checklist, *judged->review),
                          std::back_inserter(judged->evidence.warnings));
    return judged;
}

} // namespace tenken::app

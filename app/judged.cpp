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

Result<void> select(Judged &judged, const QStringList &items)
{
    if (items.isEmpty())
        return {};
    auto selected = selectItems(judged.checklist, items);
    if (!selected.problems.empty())
        return failure(selected.problems.front());
    judged.checklist = std::move(selected.value);
    return {};
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

QStringList idsOf(const Checklist &checklist)
{
    QStringList ids;
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items)
            ids << item.id;
    }
    return ids;
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
    if (!judged->bare) {
        auto file = readReview(judged->evidence.folder, judged->evidence.service, whole);
        if (file) {
            judged->review = std::move(file->review);
            judged->answers = file->base.isEmpty() ? QByteArray() : sha256Hex(file->base);
            judged->evidence.monitorLinks = judged->review->monitors;
            std::ranges::move(file->problems, std::back_inserter(judged->evidence.warnings));
        } else {
            judged->evidence.unreadable.push_back(file.error());
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
                             judged->review ? &*judged->review : nullptr, today, stage);
    if (judged->review)
        std::ranges::move(decisionProblems(judged->outcome, judged->checklist, *judged->review),
                          std::back_inserter(judged->evidence.warnings));
    return judged;
}

} // namespace tenken::app

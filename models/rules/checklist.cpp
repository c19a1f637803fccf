// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/checklist.h>
#include <rules/rule.h>

#include <evidence/checklistfiles.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

const Item *Checklist::item(const QString &id) const
{
    for (const Section &section : sections) {
        const auto it = std::ranges::find(section.items, id, &Item::id);
        if (it != section.items.end())
            return &*it;
    }
    return nullptr;
}

int Checklist::itemCount() const
{
    qsizetype count = 0;
    for (const Section &section : sections)
        count += qsizetype(section.items.size());
    return int(count);
}

Result<Checklist> builtinChecklist(const QString &id)
{
    static const QRegularExpression plain(QStringLiteral("\\A[a-z0-9][a-z0-9-]{0,63}\\z"));
    QFile file(QStringLiteral(":/checklists/%1.yaml").arg(id));
    if (!plain.match(id).hasMatch() || !file.open(QIODevice::ReadOnly)) {
        return failure(
            {{},
             {},
             Text{"チェックリスト `%1` は同梱されていません。", "No checklist `%1` comes with Tenken."}.arg(
                 id),
             Text{"service.yaml の `checklist` に `zozotown` と書けます。",
                  "`checklist: zozotown` in service.yaml is the default."}});
    }
    const auto yaml = YamlFile::parse(file.readAll(), id + QStringLiteral(".yaml"));
    auto read = readChecklist(*yaml);
    if (read.value.sections.empty() && !read.problems.empty())
        return failure(read.problems.front());
    return std::move(read.value);
}

QString Checklist::name() const
{
    const QString own = id + u' ' + version;
    return bases.isEmpty() ? own : QStringLiteral("%1 (%2)").arg(own, bases.join(QStringLiteral(" ← ")));
}

namespace {

Result<Partial<Checklist>> complete(const ChecklistFiles &files, const QString &path, const std::vector<Problem> &unread, const Span &span)
{
    if (files.empty()) {
        Problem problem = unread.empty() ? Problem{path, {}, {"読めません", "cannot be read"}, {}} : unread.front();
        if (span.isValid())
            problem.message = Text{"%1 (service.yaml の `checklist`)", "%1 (`checklist` of service.yaml)"}.arg(problem.message);
        return failure(std::move(problem));
    }
    Partial<Checklist> read = readChecklist(*files.front(), files);
    if (read.value.complete)
        return read;
    Problem first = read.problems.empty() ? Problem{path, {}, {"読めません", "cannot be read"}, {}} : read.problems.front();
    const Text hint{"チェックリストの一部を読めないため、判定しません。`tenken rules --checklist` で全部の誤りを見られます",
                    "a checklist that is read in part decides nothing; `tenken rules --checklist` lists all mistakes"};
    first.hint = first.hint.isEmpty() ? hint : Text{"%1 %2", "%1 %2"}.arg(first.hint, hint);
    return failure(std::move(first));
}

Result<Partial<Checklist>> builtin(const QString &id)
{
    Result<Checklist> checklist = builtinChecklist(id);
    if (!checklist)
        return failure(checklist.error());
    return Partial<Checklist>{std::move(*checklist), {}};
}

} // namespace

Result<Partial<Checklist>> checklistOf(const Evidence &evidence)
{
    const Service &service = evidence.service;
    if (!isChecklistPath(service.checklist))
        return builtin(service.checklist);
    return complete(evidence.checklists, service.checklist, evidence.unreadable, service.checklistSpan);
}

Result<Partial<Checklist>> checklistNamed(const QString &idOrPath)
{
    if (!isChecklistPath(idOrPath))
        return builtin(idOrPath);
    // Where the current folder holds it, files it extends may lie anywhere in that; else beside it.
    const QFileInfo info(idOrPath);
    const QString absolute = QDir::cleanPath(info.absoluteFilePath()), current = QDir::current().absolutePath() + u'/';
    const bool inside = absolute.startsWith(current);
    const Root root(inside ? current : info.absolutePath());
    const QString path = inside ? absolute.sliced(current.size()) : info.fileName();
    const ChecklistReading reading = readChecklistFiles(root, path);
    return complete(reading.files, path, reading.problems, {});
}

} // namespace tenken

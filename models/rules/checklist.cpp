// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/checklistreader.h>
#include <rules/rule.h>

#include <evidence/evidence.h>

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

QByteArray builtinChecklistText(const QString &id)
{
    static const QRegularExpression plain(QStringLiteral("\\A[a-z0-9][a-z0-9-]{0,63}\\z"));
    QFile file(QStringLiteral(":/checklists/%1.yaml").arg(id));
    return plain.match(id).hasMatch() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<Checklist> builtinChecklist(const QString &id)
{
    const QByteArray text = builtinChecklistText(id);
    if (text.isEmpty()) {
        return failure(
            {{},
             {},
             Text{"チェックリスト `%1` は同梱されていません。", "No checklist `%1` comes with Tenken."}.arg(
                 id),
             Text{"service.yaml の `checklist` に `zozotown` と書けます。",
                  "`checklist: zozotown` in service.yaml is the default."}});
    }
    const auto yaml = YamlFile::parse(text, id + QStringLiteral(".yaml"));
    auto read = readChecklist(*yaml);
    if (read.value.sections.empty() && !read.problems.empty())
        return failure(read.problems.front());
    return std::move(read.value);
}

Text RemovedQuestion::words() const
{
    const QString place = QStringList{item, rule}.join(u' ').trimmed();
    const Text what = loosened ? Text{QStringLiteral("緩めた値 %1"), QStringLiteral("loosened, %1")}
                               : Text{QStringLiteral("外した項目 %1"), QStringLiteral("left out, %1")};
    return what.arg(place.isEmpty() ? title : sameText(place));
}

QString Checklist::name() const
{
    const QString own = id + u' ' + version;
    return bases.isEmpty() ? own : QStringLiteral("%1 (%2)").arg(own, bases.join(QStringLiteral(" ← ")));
}

namespace {

/// Refused where it is not complete, with the first thing to mend.
Result<Partial<Checklist>> whole(Partial<Checklist> read, const QString &path)
{
    if (read.value.complete)
        return read;
    Problem first = read.problems.empty() ? Problem{path, {}, {"読めません", "cannot be read"}, {}} : read.problems.front();
    const Text hint{"一部しか読めないチェックリストでは判定しません。`tenken rules --checklist` で全部の誤りを見られます",
                    "a checklist that is read in part decides nothing; `tenken rules --checklist` lists all mistakes"};
    first.hint = first.hint.isEmpty() ? hint : Text{"%1 %2", "%1 %2"}.arg(first.hint, hint);
    return failure(std::move(first));
}

Partial<Checklist> readFiles(const ChecklistFiles &files, const std::vector<Problem> &unread)
{
    Partial<Checklist> read;
    read.value.complete = false;
    if (!files.empty())
        read = readChecklist(*files.front(), files);
    read.problems.insert(read.problems.begin(), unread.begin(), unread.end());
    return read;
}

Partial<Checklist> readBuiltin(const QString &id)
{
    Result<Checklist> checklist = builtinChecklist(id);
    if (checklist)
        return {std::move(*checklist), {}};
    Partial<Checklist> none;
    none.value.complete = false;
    none.problems = {checklist.error()};
    return none;
}

} // namespace

Result<Partial<Checklist>> checklistOf(const Evidence &evidence)
{
    const Service &service = evidence.service;
    if (!isChecklistPath(service.checklist))
        return whole(readBuiltin(service.checklist), service.checklist);
    std::vector<Problem> unread;
    if (evidence.checklists.empty()) {
        const auto it = std::ranges::find(evidence.unreadable, QDir::cleanPath(service.checklist), [](const Problem &p) { return QDir::cleanPath(p.file); });
        Problem problem{service.file, service.checklistSpan, Text{"チェックリスト %1 を読めません", "the checklist %1 cannot be read"}.arg(service.checklist), {}};
        if (it != evidence.unreadable.end())
            problem.hint = it->message;
        unread.push_back(std::move(problem));
    }
    return whole(readFiles(evidence.checklists, unread), service.checklist);
}

Partial<Checklist> readNamedChecklist(const QString &idOrPath)
{
    if (!isChecklistPath(idOrPath))
        return readBuiltin(idOrPath);
    // Where the current folder holds it, files it extends may lie anywhere in that; else beside it.
    const QFileInfo info(idOrPath);
    const QString absolute = QDir::cleanPath(info.absoluteFilePath()), current = QDir::current().absolutePath() + u'/';
    const bool inside = absolute.startsWith(current);
    const Root root(inside ? current : info.absolutePath());
    const ChecklistReading reading = readChecklistFiles(root, inside ? absolute.sliced(current.size()) : info.fileName());
    return readFiles(reading.files, reading.problems);
}

Result<Partial<Checklist>> checklistNamed(const QString &idOrPath)
{
    return whole(readNamedChecklist(idOrPath), idOrPath);
}

} // namespace tenken

// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/recordfindings.h>

#include <algorithm>

namespace tenken
{

std::vector<Finding> unreadableRecords(const RuleContext &context, const Text &title)
{
    std::vector<Finding> findings;
    for (const TestRecord &record : context.evidence.records) {
        if (record.isReadable() && record.unread.isValid()) {
            Finding f = findingFor(context, title);
            f.file = record.file;
            f.span = record.unread;
            findings.push_back(say(std::move(f), Verdict::Unknown,
                                   {"2 つ目の文書は読まないため、何の試験か分かりません。", "A second document in a file is not read, so nobody can tell what it is of."},
                                   {"1 つの試験を 1 つのファイルに書いてください。", "Write one test per file."}));
        }
        if (record.isReadable())
            continue;
        Finding f = findingFor(context, title);
        f.file = record.file;
        f.span = record.span;
        findings.push_back(say(std::move(f), Verdict::Unknown,
                               {"この記録が読めず、何の試験か分かりません。", "This record cannot be read, so nobody can tell what it is of."},
                               {"読めなかったファイルの一覧を見て直してください。", "Mend it: see the list of files that could not be read."}));
    }
    const auto it = std::ranges::find(context.evidence.unreadable, QString::fromLatin1(testFolder), &Problem::file);
    if (it != context.evidence.unreadable.end()) {
        Finding f = findingFor(context, title);
        f.file = it->file;
        findings.push_back(say(std::move(f), Verdict::Unknown,
                               Text{"記録のすべては読めていません: %1", "Not every record was read: %1"}.arg(it->message), it->hint));
    }
    return findings;
}

std::vector<Finding> unassignedRecords(const RuleContext &context, const Text &title, const QString &kind)
{
    QStringList ids;
    for (const Dependency &dependency : context.service().dependencies.value.value_or(std::vector<Dependency>()))
        ids << dependency.id;
    std::vector<Finding> findings;
    for (const TestRecord &record : context.evidence.records) {
        if (record.kind != kind || (record.dependency && ids.contains(*record.dependency)))
            continue;
        const QString name = record.dependency.value.value_or(QString()).left(60);
        const std::optional<QString> near = didYouMean(name, ids);
        // One that passed may be of a dependency that is no more.
        if (!name.isEmpty() && !near && record.passed && !tellsOfFailure(context, record))
            continue;
        Finding f = findingForRecord(context, title, record, record.dependency.span);
        f.wanted = sameText(ids.join(QStringLiteral(", ")));
        findings.push_back(say(std::move(f), Verdict::Unknown,
                               name.isEmpty() ? Text{"どの依存先の試験か、記録にありません。", "The record does not say which dependency it is of."}
                                              : Text{"依存先 %1 は service.yaml に宣言されていません。", "service.yaml declares no dependency %1."}.arg(name),
                               near ? Text{"「%1」のことですか。記録の `outcome.dependency` を直してください。", "Did you mean “%1”? Mend `outcome.dependency` in the record."}.arg(*near)
                                    : Text{"記録の `outcome.dependency` に宣言した id を書いてください。", "Write a declared id as `outcome.dependency` in the record."}));
    }
    return findings;
}

} // namespace tenken

// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/judged.h"

#include <history/changes.h>
#include <history/rejudge.h>
#include <history/timeline.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption(todayOption());
    parser.addOption({QStringLiteral("since"), QStringLiteral("Compare with a commit, judged again as it was then (a hash, a tag, HEAD~3)."), QStringLiteral("REVISION")});
    parser.addOption({QStringLiteral("format"), QStringLiteral("text or json."), QStringLiteral("FORMAT"), QStringLiteral("text")});
}

QString line(const HistoryEntry &entry, Lang lang)
{
    const QString day = entry.at.toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    if (entry.kind == HistoryEntry::Kind::Revision)
        return QStringLiteral("%1  %2  %3 · %4").arg(day, entry.commit, visible(entry.author), visible(maskSecrets(entry.subject)))
            + Text{" · %1 項目", " · %1 items"}.arg(int(entry.items.size())).in(lang);
    QStringList who;
    for (const HistoryEntry::Signature &s : entry.signatures)
        who << QStringLiteral("%1 (%2)").arg(s.name, s.decision);
    return QStringLiteral("%1  %2  %3 · %4").arg(day, entry.review && entry.review->decision ? label(*entry.review->decision).in(lang) : QString(u'–'),
                                                 visible(entry.file), who.isEmpty() ? Text{"署名なし", "not signed"}.in(lang) : visible(who.join(QStringLiteral(", "))));
}

QString stateOr(const Text &words, Lang lang)
{
    return words.isEmpty() ? QString(u'–') : words.in(lang);
}

void printChanges(const Changes &changes, const PastReview &before, Lang lang)
{
    out() << '\n' << Text{"%1 (%2) から今まで: %3が変わりました", "Since %1 (%2): %3 changed"}
                         .arg(visible(before.file), before.judgedAt.date().toString(Qt::ISODate), itemsInWords(changes.items.size()).in(lang)).in(lang) << '\n';
    if (changes.from && changes.to)
        out() << (changes.from == changes.to
                      ? Text{"判定は %1 のまま", "still %1"}.arg(label(*changes.to))
                      : Text{"判定は %1 から %2 へ", "from %1 to %2"}.arg(label(*changes.from), label(*changes.to))).in(lang) << '\n';
    for (const ChangeCause cause : {ChangeCause::Service, ChangeCause::Evidence, ChangeCause::Checklist, ChangeCause::Program, ChangeCause::Opinion}) {
        const auto list = changes.because(cause);
        if (list.empty())
            continue;
        out() << '\n' << label(cause).in(lang) << '\n';
        for (const ItemChange *c : list)
            out() << "  " << stateOr(c->from, lang) << " → " << stateOr(c->to, lang) << "  " << c->id << "  " << visible(maskSecrets(c->why.in(lang))) << '\n';
    }
}

QJsonObject both(const Text &text)
{
    return {{"ja", maskSecrets(text.ja)}, {"en", maskSecrets(text.en)}};
}

QJsonObject entryObject(const HistoryEntry &entry)
{
    QJsonObject object{{"kind", entry.kind == HistoryEntry::Kind::Document ? "document" : "revision"}, {"at", entry.at.toString(Qt::ISODate)}};
    if (entry.kind == HistoryEntry::Kind::Revision) {
        object.insert(QStringLiteral("commit"), entry.commit);
        object.insert(QStringLiteral("author"), entry.author);
        object.insert(QStringLiteral("subject"), maskSecrets(entry.subject));
        object.insert(QStringLiteral("items"), QJsonArray::fromStringList(entry.items));
        return object;
    }
    object.insert(QStringLiteral("file"), entry.file);
    if (entry.review && entry.review->decision)
        object.insert(QStringLiteral("decision"), toString(*entry.review->decision));
    QJsonArray signatures;
    for (const HistoryEntry::Signature &s : entry.signatures)
        signatures.append(QJsonObject{{"role", s.role}, {"name", s.name}, {"decision", s.decision}, {"at", s.at.toString(Qt::ISODate)}});
    object.insert(QStringLiteral("signatures"), signatures);
    return object;
}

QString toString(ChangeCause cause)
{
    switch (cause) {
    case ChangeCause::Service: return QStringLiteral("service");
    case ChangeCause::Evidence: return QStringLiteral("evidence");
    case ChangeCause::Checklist: return QStringLiteral("checklist");
    case ChangeCause::Program: return QStringLiteral("tenken");
    case ChangeCause::Opinion: break;
    }
    return QStringLiteral("opinion");
}

void printJson(const ReviewHistory &history, const std::optional<Changes> &changes)
{
    QJsonArray entries, items;
    for (const HistoryEntry &entry : history.entries)
        entries.append(entryObject(entry));
    for (const ItemChange &c : changes ? changes->items : std::vector<ItemChange>())
        items.append(QJsonObject{{"item", c.id}, {"cause", toString(c.cause)}, {"from", both(c.from)}, {"to", both(c.to)}, {"why", both(c.why)}});
    QJsonObject object{{"format", "tenken.history/1"}, {"entries", entries}, {"more", history.cut}};
    if (changes) {
        const auto word = [](const std::optional<Decision> &d) { return d ? QJsonValue(toString(*d)) : QJsonValue::Null; };
        object.insert(QStringLiteral("changes"), items);
        object.insert(QStringLiteral("decision"), QJsonObject{{"from", word(changes->from)}, {"to", word(changes->to)}});
    }
    out() << QString::fromUtf8(QJsonDocument(object).toJson());
}

/// The review to compare with: what --since names, else the latest document; nothing where there is neither.
Result<std::optional<PastReview>> earlier(const QCommandLineParser &parser, const QString &folder, const ReviewHistory &history)
{
    const QString since = parser.value(QStringLiteral("since"));
    if (!since.isEmpty())
        return reviewAtCommit(folder, since, QCoreApplication::applicationVersion()).transform([](PastReview past) { return std::optional(std::move(past)); });
    const HistoryEntry *document = latestDocument(history);
    return document ? document->review : std::nullopt;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    const auto format = oneOf(parser, QStringLiteral("format"), {QStringLiteral("text"), QStringLiteral("json")});
    if (!format || !todayOf(parser).isValid())
        return WrongUse;
    if (arguments.size() != 1 || !isServiceFolder(arguments.first()))
        return wrongUse({"使い方: tenken history DIR (readiness/service.yaml のあるフォルダー)", "usage: tenken history DIR (a folder with readiness/service.yaml)"}, lang);
    const auto judged = judge({arguments.first()}, {}, todayOf(parser));
    if (!judged) {
        complain(judged.error(), lang);
        return WrongUse;
    }
    const Judged &j = **judged;
    const ReviewHistory history = readHistory(j.evidence.folder, j.evidence.service, j.checklist);
    const auto before = earlier(parser, j.evidence.folder, history);
    if (!before) {
        complain(before.error(), lang);
        return WrongUse;
    }
    std::optional<Changes> changes;
    if (*before)
        changes = changesBetween(**before, presentReview(j.evidence, j.checklist, j.outcome, todayOf(parser).startOfDay(),
                                                                  QCoreApplication::applicationVersion()));
    if (*format == u"json") {
        printJson(history, changes);
    } else {
        for (const HistoryEntry &entry : history.entries)
            out() << line(entry, lang) << '\n';
        if (history.entries.empty())
            out() << Text{"まだ履歴がありません。", "There is no history yet."}.in(lang) << '\n';
        if (changes)
            printChanges(*changes, **before, lang);
    }
    for (const Problem &problem : history.problems)
        complain(problem, lang);
    return Ok;
}

} // namespace

const Command &historyCommand()
{
    static const Command command{"history", "history DIR [--since REVISION] [--format text|json] [--today DATE] [--lang ja|en]",
                                 {"署名した文書と review.yaml の改訂を並べ、前回から何がなぜ変わったかを示します。",
                                  "List signed documents and revisions of review.yaml; say what changed since the last one, and why."},
                                 "  tenken history .\n  tenken history . --since HEAD~10\n", false, addOptions, run};
    return command;
}

} // namespace tenken::app

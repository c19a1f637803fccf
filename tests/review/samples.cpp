// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"

namespace tenken::samples
{

Item item(const QString &id, Level level, bool judged)
{
    Item item;
    item.id = id;
    item.level = level;
    item.title = {id + QStringLiteral("の題"), QStringLiteral("Title of ") + id};
    item.question = {QStringLiteral("質問 ") + id, QStringLiteral("Question ") + id};
    if (judged) {
        RuleUse use;
        use.rule = QStringLiteral("graceful-stop");
        item.rules.push_back(use);
    }
    return item;
}

Checklist checklist(std::vector<Item> items)
{
    Checklist checklist;
    checklist.id = QStringLiteral("zozotown");
    checklist.version = QStringLiteral("2.1");
    Section section;
    section.id = QStringLiteral("resilience");
    section.title = {QStringLiteral("障害"), QStringLiteral("Failure")};
    section.items = std::move(items);
    checklist.sections.push_back(std::move(section));
    return checklist;
}

Checklist bigChecklist(int count)
{
    std::vector<Item> items;
    for (int i = 0; i < count; ++i)
        items.push_back(item(QStringLiteral("a.item-%1").arg(i, 2, 10, QChar(u'0'))));
    return checklist(std::move(items));
}

Service service()
{
    Service service;
    service.id = QStringLiteral("id-auth");
    return service;
}

ItemResult result(const QString &id, Verdict verdict, bool machine)
{
    ItemResult result;
    result.id = id;
    result.verdict = verdict;
    result.machine = machine;
    return result;
}

Review review(const Checklist &checklist)
{
    Review review;
    review.serviceId = QStringLiteral("id-auth");
    review.checklistId = checklist.id;
    review.checklistVersion = checklist.version;
    alignWith(review, checklist);
    return review;
}

QDateTime at(int minutes)
{
    return QDateTime(QDate(2026, 11, 20), QTime(10, 0), QTimeZone::fromSecondsAheadOfUtc(9 * 3600))
        .addSecs(60 * minutes);
}

Waiver waiver(const QDate &expires)
{
    return {QStringLiteral("基盤の更新待ち"), QStringLiteral("佐藤"), QStringLiteral("鈴木"),
            QStringLiteral("夜間は手動で監視"), expires};
}

const QStringList &nastyStrings()
{
    static const QStringList strings{
        QStringLiteral("plain"),
        QStringLiteral("基盤チーム"),
        QStringLiteral(" leading"),
        QStringLiteral("trailing "),
        QStringLiteral("a: b"),
        QStringLiteral("a:"),
        QStringLiteral("# no comment"),
        QStringLiteral("a # b"),
        QStringLiteral("a#b"),
        QStringLiteral("- dash"),
        QStringLiteral("-"),
        QStringLiteral("? q"),
        QStringLiteral("*star"),
        QStringLiteral("&amp"),
        QStringLiteral("!tag"),
        QStringLiteral("%percent"),
        QStringLiteral("@at"),
        QStringLiteral("`tick`"),
        QStringLiteral("[a"),
        QStringLiteral("{b"),
        QStringLiteral("\"quoted\""),
        QStringLiteral("it's"),
        QStringLiteral("'single'"),
        QStringLiteral("back\\slash"),
        QStringLiteral("yes"),
        QStringLiteral("NO"),
        QStringLiteral("On"),
        QStringLiteral("off"),
        QStringLiteral("y"),
        QStringLiteral("true"),
        QStringLiteral("null"),
        QStringLiteral("Null"),
        QStringLiteral("~"),
        QStringLiteral("<<"),
        QStringLiteral("="),
        QStringLiteral("12"),
        QStringLiteral("1.5"),
        QStringLiteral("0x1f"),
        QStringLiteral("1e3"),
        QStringLiteral("1_000"),
        QStringLiteral("1:30"),
        QStringLiteral(".inf"),
        QStringLiteral("NaN"),
        QStringLiteral("2026-11-27"),
        QStringLiteral("2026-11-20T10:15:00+09:00"),
        QStringLiteral("---"),
        QStringLiteral("..."),
        QStringLiteral("--- a"),
        QStringLiteral("<<<<<<< HEAD"),
        QStringLiteral("======="),
        QStringLiteral("two\nlines"),
        QStringLiteral("two\r\nlines"),
        QStringLiteral("old\rmac"),
        QStringLiteral("\nfirst empty"),
        QStringLiteral("last empty\n"),
        QStringLiteral("\n"),
        QStringLiteral("\n\n\n"),
        QStringLiteral("a\n\nb"),
        QStringLiteral("a\n  indented\nb"),
        QStringLiteral("  a\nb"),
        QStringLiteral("a\n   \nb"),
        QStringLiteral("a \nb"),
        QStringLiteral("# a\n# b"),
        QStringLiteral("a\n# b"),
        QStringLiteral("<<<<<<< a\n=======\n>>>>>>> b"),
        QStringLiteral("a\n---\nb"),
        QStringLiteral("key: value\nlist:\n- 1"),
        QStringLiteral("\ttab"),
        QStringLiteral("a\tb"),
        QStringLiteral("a\n\tb"),
        QStringLiteral("|"),
        QStringLiteral("|-\n x"),
        QStringLiteral(">"),
        QStringLiteral("\u00a0"),
        QStringLiteral("a\u0085b"),
        QStringLiteral("a\u2028b"),
        QStringLiteral("a\u2029b"),
        QStringLiteral("a\ufeffbom"),
        QStringLiteral("rtl \u202e trick"),
        QStringLiteral("👩‍👩‍👧 家族"),
        QStringLiteral("𠮷野家"),
        QStringLiteral("ｶﾞ"),
        QString(QChar(0)),
        QStringLiteral("a\u0001b\u001b[31m"),
        QStringLiteral("\u007f"),
        QStringLiteral("\ufffe\uffff"),
        QString(5'000, u'x'),
        QString(3'000, u'字') + QStringLiteral(": #"),
        QStringLiteral("https://example.com/a?b=c#d"),
        QStringLiteral("https://example.com/ # x"),
        QStringLiteral("\"\"\""),
        QStringLiteral("{{ .Values.x }}"),
    };
    return strings;
}

QString pick(QRandomGenerator &random, const QStringList &from)
{
    return from[random.bounded(from.size())];
}

QString randomString(QRandomGenerator &random)
{
    static const QString alphabet =
        QStringLiteral("ab yn:#-?*&!%@`'\"\\[]{},|>\n\n\r\t 01.~=<日本\u00e9\u2028\u0001\u0085");
    QString string;
    const int length = int(random.bounded(40));
    for (int i = 0; i < length; ++i)
        string += alphabet[random.bounded(alphabet.size())];
    return string;
}

QString someString(QRandomGenerator &random)
{
    return random.bounded(2) ? pick(random, nastyStrings()) : randomString(random);
}

void fillAtRandom(ItemReview &item, QRandomGenerator &random)
{
    const auto answer = [&](auto &a, int kinds) {
        a.answer = static_cast<decltype(a.answer)>(random.bounded(kinds));
        a.note = someString(random);
        for (int i = int(random.bounded(3)); i > 0; --i)
            a.links.append(someString(random));
        a.by = someString(random);
        a.at = random.bounded(4) ? at(int(random.bounded(100'000))).addMSecs(random.bounded(2) * 7)
                                 : QDateTime();
        a.commit = someString(random);
        a.asked = someString(random);
        for (int i = int(random.bounded(3)); i > 0; --i)
            a.relied.push_back(reliedFromString(random.bounded(2) ? someString(random)
                                                                  : QStringLiteral("a b:%1-9 %2 %2").arg(1 + random.bounded(9)).arg(QString(32, u'e'))));
    };
    answer(item.team, 5);
    answer(item.reviewer, 5);
    for (int i = int(random.bounded(3)); i > 0; --i)
        item.waivers.push_back(
            {someString(random), someString(random), someString(random), someString(random),
             random.bounded(3) ? QDate(2026, 1, 1).addDays(random.bounded(999)) : QDate()});
    for (int i = int(random.bounded(3)); i > 0; --i)
        item.actions.push_back({someString(random), someString(random), someString(random),
                                random.bounded(3) ? QDate(2026, 1, 1).addDays(random.bounded(999)) : QDate(),
                                random.bounded(2) == 1});
}

} // namespace tenken::samples

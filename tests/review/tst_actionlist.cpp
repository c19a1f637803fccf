// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/actionlist.h>

#include "samples.h"

#include <QTest>

using namespace tenken;

namespace {

const QDate today(2026, 11, 20);
const Checklist checklist = samples::bigChecklist(3);

std::vector<ListedAction> some(bool withDone = false)
{
    Review review = samples::review(checklist);
    review.items[0].actions = {{QStringLiteral("undated"), {}, {}, {}, false},
                               {QStringLiteral("later"), QStringLiteral("B"), {}, QDate(2026, 12, 1), false},
                               {QStringLiteral("finished"), QStringLiteral("B"), {}, QDate(2026, 1, 1), true}};
    review.items[1].actions = {{QStringLiteral("late"), QStringLiteral("A"), QStringLiteral("https://example.com/T-1"), QDate(2026, 11, 18), false},
                               {QStringLiteral("today"), QStringLiteral("C"), {}, today, false}};
    return listedActions(review, checklist, today, withDone);
}

ListedAction with(const QString &text, const QString &owner = {}, const QString &link = {})
{
    return {{text, owner, link, {}, false}, QStringLiteral("a.item-00"), {QStringLiteral("題"), QStringLiteral("Title")}, 0};
}

QString as(ActionFormat format, const std::vector<ListedAction> &actions, Lang lang = Lang::En)
{
    return QString::fromUtf8(actionsAs(format, actions, QStringLiteral("id-auth"), lang));
}

/// RFC 4180, as an importer reads it.
QList<QStringList> parsed(const QString &csv)
{
    QList<QStringList> rows;
    QStringList row;
    QString cell;
    bool quoted = false;
    for (qsizetype i = 0; i < csv.size(); ++i) {
        const QChar c = csv[i];
        if (quoted && c == u'"' && i + 1 < csv.size() && csv[i + 1] == u'"') {
            cell += u'"';
            ++i;
        } else if (c == u'"') {
            quoted = !quoted;
        } else if (!quoted && c == u',') {
            row << std::exchange(cell, {});
        } else if (!quoted && c == u'\n') {
            row << std::exchange(cell, {});
            rows << std::exchange(row, {});
        } else if (quoted || c != u'\r') {
            cell += c;
        }
    }
    return rows;
}

} // namespace

class TestActionList : public QObject
{
    Q_OBJECT

private slots:
    void overdueFirst();
    void doneOnlyWhenAsked();
    void markdown();
    void nothingOpen();
    void csvSurvivesAnyText();
    void spreadsheetFormulas();
    void jiraColumns();
    void githubColumns();
    void secretsAreMasked();
    void formats();
};

void TestActionList::overdueFirst()
{
    QStringList order;
    for (const ListedAction &a : some())
        order << a.action.text;
    QCOMPARE(order, QStringList({"late", "today", "later", "undated"}));
    QCOMPARE(some()[0].daysLate, 2);
    QCOMPARE(some()[1].daysLate, 0); // due today is in time
    QCOMPARE(some()[0].title.en, QStringLiteral("Title of a.item-01"));
}

void TestActionList::doneOnlyWhenAsked()
{
    QCOMPARE(some(true).size(), 5u);
    QCOMPARE(some(true).back().action.text, QStringLiteral("finished"));
    QCOMPARE(some(true).back().daysLate, 0); // what is done is not late
}

void TestActionList::markdown()
{
    const QString text = as(ActionFormat::Markdown, some(true));
    QVERIFY2(text.startsWith(QStringLiteral("# 5 actions of id-auth\n\n- [ ] late — **2 days late** · 2026-11-18 · A · "
                                            "Title of a.item-01 (`a.item-01`) · https://example.com/T-1\n")), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("- [x] finished")));
    QVERIFY(as(ActionFormat::Markdown, some(), Lang::Ja).contains(QStringLiteral("**2 日超過**")));
    const QString evil = as(ActionFormat::Markdown, {with(QStringLiteral("a\n- [x] b <img src=x> *c*"))});
    QCOMPARE(evil.count(u'\n'), 3); // one entry stays one line
    QVERIFY(evil.contains(QStringLiteral("\\<img")) && evil.contains(QStringLiteral("\\*c")));
}

void TestActionList::nothingOpen()
{
    QVERIFY(as(ActionFormat::Markdown, {}).contains(QStringLiteral("No action is open.")));
    QCOMPARE(parsed(as(ActionFormat::Jira, {})).size(), 1);
}

void TestActionList::csvSurvivesAnyText()
{
    for (const QString &nasty : samples::nastyStrings()) {
        const QString text = QStringLiteral("x ") + nasty + QStringLiteral(" x");
        const auto rows = parsed(as(ActionFormat::Csv, {with(text), with(QStringLiteral("next"))}));
        QCOMPARE(rows.size(), 3);
        for (const QStringList &row : rows)
            QCOMPARE(row.size(), 9);
        QCOMPARE(rows[1][3], maskSecrets(text).trimmed().replace(QStringLiteral("\r\n"), QStringLiteral("\n")));
        QCOMPARE(rows[2][3], QStringLiteral("next"));
    }
}

void TestActionList::spreadsheetFormulas()
{
    for (const char *text : {"=1+1", "+cmd", "-2", "@SUM(A1)"})
        QCOMPARE(parsed(as(ActionFormat::Csv, {with(QString::fromLatin1(text))}))[1][3], u'\'' + QString::fromLatin1(text));
}

void TestActionList::jiraColumns()
{
    const auto rows = parsed(as(ActionFormat::Jira, some()));
    QCOMPARE(rows[0], QStringList({"Summary", "Issue Type", "Description", "Assignee", "Due Date", "Status", "Labels", "Labels"}));
    QCOMPARE(rows[1].mid(3), QStringList({"A", "2026-11-18", "To Do", "readiness", "a.item-01"}));
    QVERIFY(rows[1][2].contains(QStringLiteral("https://example.com/T-1")));
    const auto tall = parsed(as(ActionFormat::Jira, {with(QStringLiteral("first line\nsecond")), with(QString(900, u'x'))}));
    QCOMPARE(tall[1][0], QStringLiteral("first line"));
    QVERIFY(tall[1][2].startsWith(QStringLiteral("first line\nsecond")));
    QVERIFY(tall[2][0].size() <= 255);
}

void TestActionList::githubColumns()
{
    const auto rows = parsed(as(ActionFormat::GitHub, some(true)));
    QCOMPARE(rows[0], QStringList({"title", "body", "labels", "state"}));
    QVERIFY(rows[1][1].contains(QStringLiteral("Owner: A")) && rows[1][1].contains(QStringLiteral("Due: 2026-11-18")));
    QCOMPARE(rows.last()[3], QStringLiteral("closed"));
}

void TestActionList::secretsAreMasked()
{
    const QString secret = QStringLiteral("https://user:hunter2secret@example.com/x");
    for (const auto format : {ActionFormat::Markdown, ActionFormat::Csv, ActionFormat::Jira, ActionFormat::GitHub})
        QVERIFY(!as(format, {with(secret, secret, secret)}).contains(QStringLiteral("hunter2secret")));
}

void TestActionList::formats()
{
    QVERIFY(actionFormatFromString(QStringLiteral("jira")) == ActionFormat::Jira);
    QVERIFY(!actionFormatFromString(QStringLiteral("xml")));
}

QTEST_APPLESS_MAIN(TestActionList)
#include "tst_actionlist.moc"

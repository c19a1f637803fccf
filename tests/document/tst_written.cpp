// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judgeddemo.h"

#include <document/written.h>
#include <review/reviewfile.h>

#include <QApplication>
#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

using namespace tenken;
using namespace tenken::test;
using namespace Qt::StringLiterals;

/// The review as HTML and as Markdown, on the demo service with hostile notes.
class TestWritten : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void bothSayTheSame_data();
    void bothSayTheSame();
    void htmlLoadsAndRunsNothing();
    void htmlIsBalanced();
    void htmlSpeaksToScreenReaders();
    void figuresCarryTheirValues();
    void markdownTablesHold();
    void hostileTextsStayText();
    void secretsAreMasked();
    void sameInputSameBytes();
    void nobodyHasAnswered();

private:
    DocumentInput input(Lang lang) const;
    QString html(Lang lang = Lang::En) const { return QString::fromUtf8(htmlDocument(input(lang))); }
    QString markdown(Lang lang = Lang::En) const { return QString::fromUtf8(markdownDocument(input(lang))); }

    JudgedDemo m_demo;
};

void TestWritten::initTestCase()
{
    m_demo.read();
    ItemReview &item = *m_demo.review.item(u"resilience.graceful-stop"_s);
    item.team.answer = TeamAnswer::Pass;
    item.team.note = u"a | b\n<script>alert(1)</script> **x** [y](javascript:z) password=hunter2hunter2"_s;
    item.team.links = {u"https://example.com/a?b=1&c=2"_s, u"javascript:alert(1)"_s};
    item.team.by = u"佐藤 <花子>"_s;
    item.waivers = {{u"waits | for\nthe platform"_s, u"A"_s, u"B"_s, u"canary"_s, QDate(2026, 11, 1), u"https://example.com/T-1"_s}};
    item.actions = {{u"raise `grace` | to 45 s"_s, u"A"_s, {}, QDate(2026, 12, 1)}};
    m_demo.decideAgain();
}

DocumentInput TestWritten::input(Lang lang) const
{
    return m_demo.input(lang);
}

void TestWritten::bothSayTheSame_data()
{
    QTest::addColumn<bool>("japanese");
    QTest::newRow("ja") << true;
    QTest::newRow("en") << false;
}

void TestWritten::bothSayTheSame()
{
    QFETCH(bool, japanese);
    const Lang lang = japanese ? Lang::Ja : Lang::En;
    const QString page = html(lang), text = markdown(lang);
    for (const QString &whole : {page, text}) {
        for (const ItemStanding &s : m_demo.outcome.items) {
            QVERIFY2(whole.contains(s.item->id), qPrintable(s.item->id));
            QVERIFY2(whole.contains(s.item->title.in(lang)) || s.item->title.in(lang).contains(QRegularExpression(u"[&<>_*|]"_s)),
                     qPrintable(s.item->title.in(lang)));
        }
        for (const SourceFile &file : m_demo.evidence.files)
            QVERIFY2(whole.contains(QString::fromLatin1(file.sha256)), qPrintable(file.path));
        QVERIFY(whole.contains(label(m_demo.outcome.decision).in(lang)));
        QVERIFY(whole.contains(QString::fromLatin1(m_demo.evidence.digest())));
        QVERIFY(whole.contains(japanese ? u"期限切れ"_s : u"expired"_s));
        QVERIFY(whole.contains(japanese ? u"監視が知らせること"_s : u"What the monitors tell"_s));
    }
}

void TestWritten::htmlLoadsAndRunsNothing()
{
    const QString page = html();
    QVERIFY(page.contains(u"default-src 'none'"_s));
    for (const QString &bad : {u"<script"_s, u"<iframe"_s, u"<link"_s, u"<object"_s, u"javascript:alert(1)\""_s, u"@import"_s, u"url("_s})
        QVERIFY2(!page.contains(bad, Qt::CaseInsensitive), qPrintable(bad));
    static const QRegularExpression source(u"\\ssrc=\"([^\"]{0,30})"_s);
    for (auto it = source.globalMatch(page); it.hasNext();)
        QVERIFY(it.next().captured(1).startsWith(u"data:image/svg+xml;base64,"_s));
    static const QRegularExpression target(u"\\shref=\"([^\"]*)\""_s);
    for (auto it = target.globalMatch(page); it.hasNext();) {
        const QString href = it.next().captured(1);
        QVERIFY2(href.startsWith(u"https://"_s) || href.startsWith(u"http://"_s) || href == u"#review", qPrintable(href));
    }
}

void TestWritten::htmlIsBalanced()
{
    const QString page = html();
    static const QRegularExpression tag(u"<(/?)([a-z][a-z0-9]*)[^>]*>"_s);
    static const QStringList alone{u"meta"_s, u"img"_s, u"br"_s};
    QStringList open;
    for (auto it = tag.globalMatch(page); it.hasNext();) {
        const auto m = it.next();
        const QString name = m.captured(2);
        if (alone.contains(name))
            continue;
        if (m.captured(1).isEmpty()) {
            open << name;
            continue;
        }
        QVERIFY2(!open.isEmpty() && open.last() == name,
                 qPrintable(u"</%1> at %2 closes <%3>"_s.arg(name).arg(m.capturedStart()).arg(open.isEmpty() ? QString() : open.last())));
        open.removeLast();
    }
    QCOMPARE(open, QStringList());
}

void TestWritten::htmlSpeaksToScreenReaders()
{
    QVERIFY(html(Lang::Ja).contains(u"<html lang=\"ja\">"_s));
    const QString page = html();
    QVERIFY(page.contains(u"<html lang=\"en\">"_s));
    QVERIFY(page.contains(u"<title>Production readiness review id-auth</title>"_s));
    QCOMPARE(page.count(u"<h1>"_s), 1);
    QVERIFY(page.contains(u"scope=\"col\""_s) && page.contains(u"scope=\"row\""_s));
    QVERIFY(!page.contains(u"alt=\"\""_s));
    // A verdict is a word with a sign before it: its colour says nothing alone.
    QVERIFY(page.contains(u"<span class=\"v fail\">✗ Fail</span>"_s));
    QVERIFY(page.contains(u"<span class=\"v pass\">✓ Pass</span>"_s));
}

void TestWritten::figuresCarryTheirValues()
{
    int figures = 0, withData = 0;
    for (const WrittenPart &part : writtenReview(input(Lang::En))) {
        if (part.kind != WrittenPart::Kind::Figure)
            continue;
        ++figures;
        QVERIFY2(part.size.height() > 60, qPrintable(part.text));
        withData += part.data.size() > 1;
        const QByteArray svg = drawingSvg(part.draw, part.size, writtenStyle(input(Lang::En)), part.text);
        QVERIFY2(svg.contains("<svg") && !svg.contains("<image"), qPrintable(part.text));
    }
    QVERIFY2(figures >= 5, qPrintable(QString::number(figures)));
    QVERIFY2(withData >= figures - 1, qPrintable(QString::number(withData)));
}

void TestWritten::markdownTablesHold()
{
    static const QRegularExpression bar(u"(?<!\\\\)\\|"_s);
    qsizetype columns = 0;
    int tables = 0;
    for (const QString &line : markdown().split(u'\n')) {
        if (!line.startsWith(u'|')) {
            columns = 0;
            continue;
        }
        tables += columns == 0;
        const qsizetype bars = line.count(bar);
        QVERIFY2(columns == 0 || bars == columns, qPrintable(line));
        columns = bars;
    }
    QVERIFY(tables > 8);
}

void TestWritten::hostileTextsStayText()
{
    const QString page = html(), text = markdown();
    QVERIFY(page.contains(u"&lt;script&gt;alert(1)&lt;/script&gt;"_s));
    QVERIFY(page.contains(u"佐藤 &lt;花子&gt;"_s));
    QVERIFY(page.contains(u"<a href=\"https://example.com/a?b=1&amp;c=2\""_s));
    QVERIFY(text.contains(u"\\<script\\>"_s));
    QVERIFY(text.contains(u"\\[y\\](javascript:z)"_s));
    QVERIFY(text.contains(u"a \\| b"_s));
    QVERIFY(text.contains(u"<https://example.com/a?b=1&c=2>"_s));
}

void TestWritten::secretsAreMasked()
{
    for (const QString &whole : {html(), markdown()})
        QVERIFY(!whole.contains(u"hunter2hunter2"_s));
}

void TestWritten::sameInputSameBytes()
{
    QVERIFY(htmlDocument(input(Lang::Ja)) == htmlDocument(input(Lang::Ja)));
    QVERIFY(markdownDocument(input(Lang::Ja)) == markdownDocument(input(Lang::Ja)));
    QVERIFY(htmlDocument(input(Lang::Ja)) != htmlDocument(input(Lang::En)));
}

void TestWritten::nobodyHasAnswered()
{
    DocumentInput open = input(Lang::En);
    const Outcome outcome = decide(m_demo.checklist, m_demo.assessment, nullptr, QDate(2026, 11, 20));
    open.review = nullptr;
    open.outcome = &outcome;
    const QString page = QString::fromUtf8(htmlDocument(open));
    QVERIFY(page.contains(u"Open</span>"_s));
    QVERIFY(!page.contains(u"<h2>Waivers</h2>"_s));
    QVERIFY(!QString::fromUtf8(markdownDocument(open)).contains(u"## Waivers"_s));
}

QTEST_MAIN(TestWritten)
#include "tst_written.moc"

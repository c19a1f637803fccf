// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/documents.h>
#include <evidence/markdowntext.h>

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tenken;

namespace
{

Document markdown(const QString &text)
{
    return readMarkdown(QStringLiteral("docs/oncall.md"), text.toUtf8());
}

QString outline(const Document &d)
{
    QStringList lines;
    for (const Heading &h : d.headings)
        lines << QStringLiteral("%1 %2 #%3").arg(h.level).arg(h.text, h.anchor);
    return lines.join(u'\n');
}

QStringList urls(const Document &d)
{
    QStringList list;
    for (const Link &l : d.links)
        list << l.url;
    return list;
}

} // namespace

class TestMarkdown : public QObject
{
    Q_OBJECT

private slots:
    void textIsEscaped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << "a *b* <c> #d" << "a \\*b\\* \\<c\\> \\#d";
        QTest::newRow("code") << "use `a<b|c>` *now*" << "use `a<b\\|c>` \\*now\\*";
        QTest::newRow("one backtick") << "a ` <b>" << "a \\` \\<b\\>";
        // Runs of another length close nothing.
        QTest::newRow("unequal runs") << "ID: GO ```  <details>`" << "ID: GO \\`\\`\\`  \\<details\\>\\`";
        QTest::newRow("unequal runs around code") << "``` `<a>` <b> ``" << "\\`\\`\\` `<a>` \\<b\\> \\`\\`";
        QTest::newRow("long runs") << "``a ` <b>`` <c>" << "``a ` <b>`` \\<c\\>";
        QTest::newRow("backslash before code") << "\\`<a>`" << "\\\\`<a>`";
        QTest::newRow("lines") << "a\r\n# b" << "a  \\# b";
    }
    void textIsEscaped()
    {
        QFETCH(QString, text);
        QTEST(markdownText(text), "expected");
    }

    void headings_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("ATX") << "# A\n\n###### F\n####### seven" << "1 A #a\n6 F #f";
        QTest::newRow("ATX needs a space") << "#hashtag\n# yes" << "1 yes #yes";
        QTest::newRow("ATX closed") << "## A ##\n### B \\#\n## C#" << "2 A #a\n3 B # #b-\n2 C# #c";
        QTest::newRow("ATX up to three spaces") << "   # A\n\n    # code" << "1 A #a";
        QTest::newRow("setext") << "A\n=\n\nB\n---" << "1 A #a\n2 B #b";
        QTest::newRow("setext over two lines") << "A\nb c\n===" << "1 A b c #a-b-c";
        QTest::newRow("rule after a blank line") << "A\n\n---" << "";
        QTest::newRow("rule after a list") << "- A\n---" << "";
        QTest::newRow("rule after a lazy list") << "- A\nb\n---" << "";
        QTest::newRow("table, not setext") << "| A |\n|---|\n| b |" << "";
        QTest::newRow("text after a list") << "- A\n\nB\n---" << "2 B #b";
        QTest::newRow("fence") << "```\n# no\n```\n# yes" << "1 yes #yes";
        QTest::newRow("tilde fence holds back-ticks") << "~~~ sh\n```\n# no\n~~~\n# yes" << "1 yes #yes";
        QTest::newRow("longer fence") << "````\n```\n# no\n````\n# yes" << "1 yes #yes";
        QTest::newRow("fence in a list") << "- a\n  ```sh\n  # no\n  ```\n# yes" << "1 yes #yes";
        QTest::newRow("unclosed fence") << "# a\n```\n# no" << "1 a #a";
        QTest::newRow("inline back-ticks are no fence") << "``` a ``` b\n# yes" << "1 yes #yes";
        QTest::newRow("comment") << "<!-- # no\n# no\n-->\n# yes <!-- x -->" << "1 yes #yes";
        QTest::newRow("comment mark in code") << "`<!--`\n# yes" << "1 yes #yes";
        QTest::newRow("front matter") << "---\ntitle: x\n# no\n---\n# yes" << "1 yes #yes";
        QTest::newRow("CRLF and BOM") << u"\uFEFF# A\r\nB\r\n-\r\n"_s << "1 A #a\n2 B #b";
        QTest::newRow("repeats") << "# A\n# A\n# A 1\n# A" << "1 A #a\n1 A #a-1\n1 A 1 #a-1-1\n1 A #a-2";
        QTest::newRow("Japanese")
            << u"## ALB 5xx 率が高い（本番）\n## 連絡先・体制\n## 【P1】ＤＢ"_s
            << u"2 ALB 5xx 率が高い（本番） #alb-5xx-率が高い本番\n2 連絡先・体制 #連絡先体制\n"
               u"2 【P1】ＤＢ #p1ｄｂ"_s;
        QTest::newRow("punctuation and spaces")
            << "# What's new & old?\n# a_b-c / d"
            << "1 What's new & old? #whats-new--old\n1 a_b-c / d #a_b-c--d";
        QTest::newRow("markup")
            << "# **5xx** of `id-auth` [here](https://x.example/a(b)) <b>now</b> snake_case_x"
            << "1 5xx of id-auth here now snake_case_x #5xx-of-id-auth-here-now-snake_case_x";
        QTest::newRow("emoji") << u"# 🚨 Alert"_s << u"1 🚨 Alert #-alert"_s;
        QTest::newRow("no text") << "#\n##  " << "1  #\n2  #-1";
    }
    void headings()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(outline(markdown(text)), expected);
    }

    void spans()
    {
        const Document d = markdown(u"text\n\n## 🚨 障害\n\nA\nb\n===\n"_s);
        QCOMPARE(d.headings.at(0).span, (Span{3, 1, 3, 8})); // code points: the emoji is one
        QCOMPARE(d.headings.at(1).span, (Span{5, 1, 7, 4}));
    }

    void bodies()
    {
        const Document d = markdown(u"# A\nintro\n## B\nb b\n<!-- hidden -->\n## C\n\n### D\nddd\n# E\n"_s);
        QCOMPARE(d.headings.at(0).bodyLength, 10); // intro, bb, ddd
        QCOMPARE(d.headings.at(1).bodyLength, 2);
        QCOMPARE(d.headings.at(2).bodyLength, 3); // C has only its subsection
        QCOMPARE(d.headings.at(4).bodyLength, 0);
        QCOMPARE(d.headings.at(2).body, QStringLiteral("D\nddd"));
        QVERIFY(!d.headings.at(1).body.contains(u"hidden"));
    }

    void setextTakesItsTextBack()
    {
        const Document d = markdown(u"# A\n\nB\n---\nb\n"_s);
        QCOMPARE(d.headings.at(0).body, QStringLiteral("B\nb"));
        QCOMPARE(d.headings.at(0).bodyLength, 1);
    }

    void bodyIsBounded()
    {
        const Document d =
            markdown(u"# A\n"_s + QString(10'000, u'x') + u"\n## B\n"_s + QString(10'000, u'y'));
        QCOMPARE(d.headings.at(0).body.size(), 4'000);
        QCOMPARE(d.headings.at(0).bodyLength, 20'000);
    }

    void links_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("inline") << "[a](https://x.example/a \"t\") [b](<b c.md>) [c](d(e).md)"
                                << QStringList{"https://x.example/a", "b c.md", "d(e).md"};
        QTest::newRow("reference") << "[a][R] [r][] [R] [none]\n\n[r]: https://x.example/r 'title'"
                                   << QStringList{"https://x.example/r", "https://x.example/r",
                                                  "https://x.example/r"};
        QTest::newRow("autolink") << "<https://x.example/a?b=c>" << QStringList{"https://x.example/a?b=c"};
        QTest::newRow("bare") << "see https://x.example/a. (https://x.example/b(c)) https://x.example/d)"
                              << QStringList{"https://x.example/a", "https://x.example/b(c)",
                                             "https://x.example/d"};
        QTest::newRow("bare in Japanese")
            << u"手順は https://x.example/oncall#alb-5xx-率が高い 。「https://x.example/b」、次"_s
            << QStringList{u"https://x.example/oncall#alb-5xx-率が高い"_s, "https://x.example/b"};
        QTest::newRow("image is none, its link is")
            << "![a](a.png) [![b](b.png)](https://x.example/b)" << QStringList{"https://x.example/b"};
        QTest::newRow("code")
            << "`https://x.example/a` ``[a](b)``\n```\nhttps://x.example/c\n```\n    https://x.example/d"
            << QStringList{};
        QTest::newRow("comment") << "<!-- [a](b) -->" << QStringList{};
        QTest::newRow("escaped") << "\\[a](b)" << QStringList{};
        QTest::newRow("footnote is no reference") << "[^1]\n\n[^1]: https" << QStringList{};
        QTest::newRow("no host") << "http:// https://" << QStringList{};
    }
    void links()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, expected);
        QCOMPARE(urls(markdown(text)), expected);
    }

    void linkSpan()
    {
        const Link link = markdown(u"障害 [手順](a.md)"_s).links.at(0);
        QCOMPARE(link.span, (Span{1, 4, 1, 14}));
        QCOMPARE(link.text, u"手順"_s);
    }

    void explicitAnchors()
    {
        QCOMPARE(markdown("<a name=\"top\"></a> <h2 id='x'>").anchors, (QStringList{"top", "x"}));
    }

    void proseHidesCodeAndKeepsColumns()
    {
        const Document d = markdown("a `<pod>` b <!-- TODO --> c\n```\nTODO\n```\nd");
        QCOMPARE(d.prose, (QStringList{"a         b               c", "", "", "", "d"}));
    }

    void listContinuationIsProse()
    {
        QCOMPARE(markdown("- a\n\n    TODO").prose.at(2), QStringLiteral("    TODO"));
        QCOMPARE(markdown("a\n\n    TODO").prose.at(2), QString());
    }

    void garbage()
    {
        QElapsedTimer timer;
        timer.start();
        for (const char *piece :
             {"[", "](", "<", "`", "<!--", "**a", "# ", "\xff\xfe", "http://", "_a", "[a](", "|-"}) {
            const Document d = readMarkdown(QStringLiteral("x"), QByteArray(piece).repeated(50'000));
            QVERIFY(d.headings.size() <= 1);
        }
        QVERIFY2(timer.elapsed() < 20'000, "a hostile line takes long");
    }

    void html()
    {
        const Document d = readHtml(
            QStringLiteral("oncall.html"),
            u"<html><head><title>no</title><style>h1 { }</style></head>\n"
            u"<body><h1 id=\"id-auth-Overview\">概要 &amp; <b>目的</b></h1><p>本文&lt;チーム名&gt;</p>\n"
            u"<h2><a name=\"alb\"></a>ALB 5xx</h2><ul><li>手順 <a href=\"https://x.example/?a=1&amp;b=2\">こ "
            u"こ</a>"
            u"</li></ul><!-- <h2>no</h2> -->\n<script>if (a<b) '<h2>no</h2>'</script>"
            u"<h2>空</h2><pre>TODO</pre><H3>Sub<br>x</H3></body>"_s.toUtf8());
        QCOMPARE(outline(d), u"1 概要 & 目的 #id-auth-Overview\n2 ALB 5xx #alb\n2 空 #空\n3 Subx #subx"_s);
        QCOMPARE(d.headings.at(0).span, (Span{2, 7, 2, 56}));
        QVERIFY(d.headings.at(0).body.startsWith(u"本文<チーム名>"_s));
        QCOMPARE(d.headings.at(1).body, u"手順 こ こ"_s);
        QCOMPARE(urls(d), QStringList{"https://x.example/?a=1&b=2"});
        QCOMPARE(d.links.at(0).text, u"こ こ"_s);
        QVERIFY(d.anchors.contains(QStringLiteral("alb")));
        QVERIFY(d.prose.join(u'\n').contains(u"<   チーム名>"_s));
        QVERIFY(!d.prose.join(u'\n').contains(u"TODO"));
        QVERIFY(!d.prose.join(u'\n').contains(u"href"));
    }

    void htmlGarbage()
    {
        for (const char *piece :
             {"<", "<h1", "<h1>", "<!--", "<a href=\"", "&#x41", "</", "<script>", "&#1114112;", "\xff"})
            readHtml(QStringLiteral("x"), QByteArray(piece).repeated(5'000));
        QCOMPARE(outline(readHtml(QStringLiteral("x"), "a < b <h1>c")), QStringLiteral("1 c #c"));
        QVERIFY(readHtml(QStringLiteral("x"), {}).headings.empty());
    }
};

QTEST_APPLESS_MAIN(TestMarkdown)
#include "tst_markdown.moc"

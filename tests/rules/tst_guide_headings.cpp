// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/guides.h>
#include <rules/monitorsupport.h>
#include <rules/templatetext.h>

using namespace Qt::StringLiterals;
using namespace tenken;
using namespace tenken::test;

namespace
{

const QString rule = u"guide-headings"_s;

QMap<QString, QStringList> wanted(const QString &role, const QStringList &headings)
{
    return {{u"role"_s, {role}}, {u"headings"_s, headings}};
}

QString onboarding(const QString &markdown, const QStringList &headings = {u"概要 | Overview"_s})
{
    Evidence e = monitoredService();
    addGuide(e, u"onboarding"_s, markdown);
    return verdictOf(e, rule, {}, wanted(u"onboarding"_s, headings));
}

} // namespace

class TestGuideHeadings : public QObject
{
    Q_OBJECT

private slots:
    void headings_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("there") << u"# 概要\n本文"_s << u"pass"_s;
        QTest::newRow("in English") << u"# Service overview\ntext"_s << u"pass"_s;
        QTest::newRow("numbered, full width, wordy") << u"## 1.2 【ＩＤ認証】概要と目的\n本文"_s << u"pass"_s;
        QTest::newRow("setext") << u"概要\n====\n本文"_s << u"pass"_s;
        QTest::newRow("filled by subsections") << u"# 概要\n## 目的\n本文"_s << u"pass"_s;
        QTest::newRow("a filled one of two") << u"# 概要\n# 概要\n本文"_s << u"pass"_s;
        QTest::newRow("missing") << u"# 目的\n概要"_s << u"fail"_s;
        QTest::newRow("a part of a Latin word") << u"# Overviews\ntext"_s << u"fail"_s;
        QTest::newRow("in code") << u"```\n# 概要\n```\n本文"_s << u"fail"_s;
        QTest::newRow("empty") << u"# 概要\n\n# 次\n本文"_s << u"fail"_s;
        QTest::newRow("a comment is no text") << u"# 概要\n<!-- 目的を書く -->\n# 次\na"_s << u"fail"_s;
        QTest::newRow("empty subsections") << u"# 概要\n## 目的\n"_s << u"fail"_s;
        QTest::newRow("TODO") << u"# 概要\nTODO"_s << u"fail"_s;
        QTest::newRow("TODO elsewhere") << u"# 概要\n本文\n# 次\nTBD"_s << u"fail"_s;
        QTest::newRow("empty file") << u""_s << u"fail"_s;
    }
    void headings()
    {
        QFETCH(QString, text);
        QTEST(onboarding(text), "verdict");
    }

    void templates_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("count");
        for (const char *text :
             {"TODO: 書く", "TBD", "FIXME", "担当は〇〇チーム", "○○さん", "電話 xxx-xxxx", "XXX",
              "ここに記入してください", "（記載してください）", "未記入", "準備中", "<チーム名>", "＜URL＞",
              "<your team>", "{{ service }}", "insert link here", "lorem ipsum"})
            QTest::newRow(text) << QString::fromUtf8(text) << 1;
        for (const char *text : {"`kubectl logs <pod>`", "<br> <b>太字</b> <details open>",
                                 "<https://x.example/xxx>", "<a@b.example>", "5xx の割合", "p99 < 200 ms > x",
                                 "todo リスト", "maxxxx", "ToDo アプリ", "◎ ○ △ ×", "<!-- TODO -->",
                                 "[a](https://x.example/TODO)", "a <= b", "1 < 2, 3 > 2", "準備は中央で"})
            QTest::newRow(text) << QString::fromUtf8(text) << 0;
    }
    void templates()
    {
        QFETCH(QString, line);
        QFETCH(int, count);
        QCOMPARE(templateTexts(readMarkdown({}, line.toUtf8())).size() > 0, count > 0);
    }

    void templateInHtml()
    {
        const Document d = readHtml(
            u"a.html"_s, u"<h1>概要</h1>\n<p>担当 &lt;チーム名&gt;</p><pre>&lt;pod&gt;</pre>"_s.toUtf8());
        const auto found = templateTexts(d);
        QCOMPARE(found.size(), 1u);
        QCOMPARE(found.at(0).span.line, 2);
    }

    void findingMarksTheText()
    {
        Evidence e = monitoredService();
        addGuide(e, u"onboarding"_s, u"# 概要\n本文\n\n担当は〇〇です\n"_s);
        const Finding f =
            firstWith(Verdict::Fail, judge(e, rule, {}, wanted(u"onboarding"_s, {u"概要|Overview"_s})));
        QCOMPARE(f.file, u"docs/onboarding.md"_s);
        QCOMPARE(f.span, (Span{4, 4, 4, 6}));
        QVERIFY(f.reason.ja.contains(u"〇〇"));
        QCOMPARE(f.title.en, u"Section \"Overview\""_s);
        const auto *picture = std::get_if<DocumentPicture>(f.picture.get());
        QVERIFY(picture && picture->anchor == u"概要");
    }

    void missingIsNamedInThePicture()
    {
        Evidence e = monitoredService();
        addGuide(e, u"onboarding"_s, u"# a\nb"_s);
        const Finding f =
            firstWith(Verdict::Fail, judge(e, rule, {}, wanted(u"onboarding"_s, {u"概要|Overview"_s})));
        QCOMPARE(std::get<DocumentPicture>(*f.picture).missing,
                 (std::vector<Text>{{u"概要"_s, u"Overview"_s}}));
        QCOMPARE(f.snippet, u"## 概要\n\n"_s);
    }

    void allSections()
    {
        Evidence e = monitoredService();
        addGuide(e, u"release-flow"_s, u"# 流れ\n本文\n## 戻し方\n### 手作業\n"_s);
        const auto lists = wanted(u"release-flow"_s, {u"流れ|Flow"_s});
        QCOMPARE(verdictOf(e, rule, {}, lists), u"pass"_s);
        const auto findings = judge(e, rule, {{u"all-sections"_s, 1}}, lists);
        QCOMPARE(findings.size(), size_t(3)); // the wanted one, and two that are empty
        QCOMPARE(firstWith(Verdict::Fail, findings).span.line, 3);
        // A heading over filled subsections is filled.
        Evidence filled = monitoredService();
        addGuide(filled, u"release-flow"_s, u"# 流れ\n## 始め方\n本文\n"_s);
        QCOMPARE(verdictOf(filled, rule, {{u"all-sections"_s, 1}}, lists), u"pass"_s);
    }

    void noDocument()
    {
        Evidence e = monitoredService();
        const auto lists = wanted(u"onboarding"_s, {u"概要"_s});
        QVERIFY(firstWith(Verdict::Unknown, judge(e, rule, {}, lists)).snippet.contains(u"role: onboarding"));
        addGuide(e, u"onboarding"_s, QString(), u"https://wiki.example.com/a"_s);
        QVERIFY(
            firstWith(Verdict::Unknown, judge(e, rule, {}, lists)).reason.en.contains(u"wiki.example.com"));
        e.service.documents[0].file = u"docs/gone.md"_s;
        QCOMPARE(verdictOf(e, rule, {}, lists), u"unknown"_s);
    }

    void entries_data()
    {
        QTest::addColumn<QString>("guide");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("verdict");
        const QString url = u"https://wiki.example.com/oncall"_s;
        QTest::newRow("by name") << u"# Alerts\n## 5xx の割合が高い\ndo"_s << QString() << u"pass"_s;
        QTest::newRow("by name, more words")
            << u"# Alerts\n## 警報: 5xx の割合が高い（P1）\ndo"_s << QString() << u"pass"_s;
        QTest::newRow("by link") << u"# Alerts\n## Errors\ndo"_s << url + u"#errors"_s << u"pass"_s;
        QTest::newRow("in a table") << u"# Alerts\n| 監視 | 対応 |\n|---|---|\n| 5xx の割合が高い | 戻す |"_s
                                    << QString() << u"pass"_s;
        QTest::newRow("in a table without an answer")
            << u"# Alerts\n| 監視 | 対応 |\n|---|---|\n| 5xx の割合が高い | |"_s << QString() << u"fail"_s;
        QTest::newRow("empty entry") << u"# Alerts\nx\n## 5xx の割合が高い\n"_s << QString() << u"fail"_s;
        QTest::newRow("mentioned only") << u"# Alerts\n5xx の割合が高い"_s << QString() << u"fail"_s;
        QTest::newRow("link to the title") << u"# Alerts\ndo"_s << url + u"#alerts"_s << u"fail"_s;
        QTest::newRow("dead link") << u"# Alerts\ndo"_s << url + u"#x"_s << u"fail"_s;
        QTest::newRow("none") << u"# Alerts\ndo"_s << QString() << u"fail"_s;
    }
    void entries()
    {
        QFETCH(QString, guide);
        QFETCH(QString, message);
        Evidence e = monitoredService();
        addGuide(e, u"oncall"_s, guide, u"https://wiki.example.com/oncall"_s);
        addMonitor(e, u"[id-auth] 5xx の割合が高い {{env.name}}"_s,
                   u"avg(last_5m):avg:m{service:id-auth} > 1"_s, message);
        QTEST(verdictOf(e, rule, {}, wanted(u"oncall"_s, {u"アラート|Alerts"_s})), "verdict");
    }

    void entriesNeedTheMonitors()
    {
        Evidence e = monitoredService();
        addGuide(e, u"oncall"_s, u"# Alerts\ndo"_s);
        const auto lists = wanted(u"oncall"_s, {u"Alerts"_s});
        QCOMPARE(verdictOf(e, rule, {}, lists), u"pass"_s); // the whole list, and none of this service
        e.datadog.monitorsComplete = false;
        QCOMPARE(verdictOf(e, rule, {}, lists), u"unknown"_s);
        e.datadog = {};
        QCOMPARE(verdictOf(e, rule, {}, lists), u"unknown"_s);
    }

    void nothingAsked()
    {
        Evidence e = monitoredService();
        addGuide(e, u"onboarding"_s, u"# a\nb"_s);
        QCOMPARE(verdictOf(e, rule, {}, wanted(u"onboarding"_s, {})), u"unknown"_s);
    }

    void titles()
    {
        QCOMPARE(plainTitle(u"1.2. 【ＩＤ認証】ＡＬＢ：５xx　率"_s), u"id認証 alb 5xx 率"_s);
        QCOMPARE(plainTitle(u"5xx の割合"_s), u"5xx の割合"_s);
        QCOMPARE(plainTitle(u"!!"_s), QString());
    }
};

QTEST_APPLESS_MAIN(TestGuideHeadings)
#include "tst_guide_headings.moc"

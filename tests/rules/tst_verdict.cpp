// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/verdict.h>

#include <QTest>

using namespace tenken;

namespace
{
const std::vector<Verdict> everyVerdict = {Verdict::Pass, Verdict::Warn, Verdict::Unknown, Verdict::Fail,
                                           Verdict::NotApplicable};
}

class TestVerdict : public QObject
{
    Q_OBJECT
private slots:
    void worstOfSeveral_data();
    void worstOfSeveral();
    void namesGoBothWays();
    void labelsAreBilingual();
    void decisions();
};

void TestVerdict::worstOfSeveral_data()
{
    QTest::addColumn<QStringList>("verdicts");
    QTest::addColumn<QString>("expected");

    QTest::newRow("nothing is unknown, never pass") << QStringList{} << "unknown";
    QTest::newRow("all pass") << QStringList{"pass", "pass"} << "pass";
    QTest::newRow("one warn") << QStringList{"pass", "warn", "pass"} << "warn";
    QTest::newRow("unknown above warn") << QStringList{"warn", "unknown", "pass"} << "unknown";
    QTest::newRow("fail above unknown") << QStringList{"unknown", "fail"} << "fail";
    QTest::newRow("n/a only if all are") << QStringList{"n/a", "n/a"} << "n/a";
    QTest::newRow("n/a beside pass") << QStringList{"n/a", "pass"} << "pass";
    QTest::newRow("n/a beside warn") << QStringList{"warn", "n/a"} << "warn";
    QTest::newRow("n/a beside unknown") << QStringList{"n/a", "unknown"} << "unknown";
    QTest::newRow("n/a beside fail") << QStringList{"fail", "n/a"} << "fail";
}

void TestVerdict::worstOfSeveral()
{
    QFETCH(QStringList, verdicts);
    QFETCH(QString, expected);
    std::vector<Verdict> values;
    for (const QString &v : verdicts) {
        QVERIFY(verdictFromString(v));
        values.push_back(*verdictFromString(v));
    }
    QCOMPARE(toString(worst(values)), expected);
    std::ranges::reverse(values);
    QCOMPARE(toString(worst(values)), expected);
}

void TestVerdict::namesGoBothWays()
{
    for (const Verdict v : everyVerdict)
        QCOMPARE(verdictFromString(toString(v)), std::optional(v));
    for (const char *wrong : {"", "PASS", "na", "not-applicable", "pass "})
        QVERIFY2(!verdictFromString(QString::fromUtf8(wrong)), wrong);
}

void TestVerdict::labelsAreBilingual()
{
    QStringList seen;
    for (const Verdict v : everyVerdict) {
        QVERIFY(!label(v).ja.isEmpty());
        QVERIFY(!label(v).en.isEmpty());
        QVERIFY2(!seen.contains(label(v).ja), qPrintable(label(v).ja));
        seen << label(v).ja;
    }
    QCOMPARE(label(Verdict::Fail).ja, QStringLiteral("不合格"));
}

void TestVerdict::decisions()
{
    QCOMPARE(toString(Decision::Go), QStringLiteral("GO"));
    QCOMPARE(toString(Decision::ConditionalGo), QStringLiteral("CONDITIONAL GO"));
    QCOMPARE(toString(Decision::NoGo), QStringLiteral("NO-GO"));
    QCOMPARE(label(Decision::ConditionalGo).ja, QStringLiteral("条件付き GO"));
}

QTEST_APPLESS_MAIN(TestVerdict)
#include "tst_verdict.moc"

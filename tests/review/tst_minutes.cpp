// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/minutes.h>

#include "meetingsample.h"

#include <QTest>

using namespace tenken;

namespace {

const QString path = QStringLiteral("readiness/meetings/2026-11-20.yaml");

QString golden(const char *name)
{
    QFile file(QStringLiteral(TENKEN_TEST_DATA "/minutes/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class TestMinutes : public QObject
{
    Q_OBJECT

private slots:
    void goldenText_data();
    void goldenText();
    void textOfPeopleStaysText();
    void secretsAreMasked();
    void idsStayCode();
    void emptyMeeting();
    void stillGoingOn();
    void overMidnight();
    void clocks_data();
    void clocks();
};

void TestMinutes::goldenText_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<Lang>("lang");
    QTest::newRow("ja") << "minutes-ja.md" << Lang::Ja;
    QTest::newRow("en") << "minutes-en.md" << Lang::En;
}

/// TENKEN_WRITE_GOLDEN=1 writes the files anew; read them before they are committed.
void TestMinutes::goldenText()
{
    QFETCH(QString, file);
    QFETCH(Lang, lang);
    const QString text = minutesOf(samples::meeting(), path, lang);
    if (qEnvironmentVariableIsSet("TENKEN_WRITE_GOLDEN")) {
        QDir().mkpath(QStringLiteral(TENKEN_TEST_DATA "/minutes"));
        QFile out(QStringLiteral(TENKEN_TEST_DATA "/minutes/") + file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text.toUtf8());
    }
    QCOMPARE(text.split(u'\n'), golden(file.toLatin1().constData()).split(u'\n'));
}

void TestMinutes::textOfPeopleStaysText()
{
    Meeting m = samples::meeting();
    m.items[0].note = QStringLiteral("# no heading\n- *no* list | <b>no tag</b> [no](link) `no code`");
    m.items[0].dissents = {{QStringLiteral("1. Sato"), QStringLiteral("1. first\n2. second")}};
    m.participants = {QStringLiteral("*_~")};
    for (const Lang lang : {Lang::Ja, Lang::En}) {
        const QString text = minutesOf(m, path, lang);
        QVERIFY(text.contains(QStringLiteral(R"(\# no heading - \*no\* list \| \<b\>no tag\</b\> \[no\](link) \`no code\`)")));
        QVERIFY(text.contains(QStringLiteral(R"(\*\_\~)")));
        QVERIFY(text.contains(QStringLiteral(R"(**1\. Sato**)")));
        QVERIFY(!text.contains(QStringLiteral("\n2. second")));
    }
}

void TestMinutes::secretsAreMasked()
{
    Meeting m = samples::meeting();
    m.items[0].note = QStringLiteral("postgres://app:hunter2@db.internal/users");
    QVERIFY(!minutesOf(m, path, Lang::En).contains(QStringLiteral("hunter2")));
}

void TestMinutes::idsStayCode()
{
    Meeting m = samples::meeting();
    m.serviceId = QStringLiteral("pay`\n\n# GO\n\u001b[2J");
    m.items[0].id = m.items[1].id = QStringLiteral("x`\n## Approved by all\n`ghp_16C7e42F292c6912E7710c838347Ae178B4a");
    m.items[0].title = {};
    m.items[1].postponed = true;
    for (const Lang lang : {Lang::Ja, Lang::En}) {
        const QString text = minutesOf(m, QStringLiteral("readiness/`\n# forged.yaml"), lang);
        for (const char *line : {"# GO", "## Approved by all", "# forged"})
            QVERIFY2(!text.contains(QLatin1Char('\n') + QLatin1StringView(line)), line);
        QVERIFY(!text.contains(QChar(0x1b)) && !text.contains(QStringLiteral("ghp_16C7")));
        QVERIFY(text.contains(QStringLiteral("`` x` ## Approved by all `•••• ``")));
    }
}

void TestMinutes::emptyMeeting()
{
    for (const Lang lang : {Lang::Ja, Lang::En}) {
        const QString text = minutesOf({}, path, lang);
        QVERIFY(text.startsWith(u"# "));
        QVERIFY(!text.contains(QStringLiteral("%1")));
    }
    const QString en = minutesOf({}, path, Lang::En);
    QVERIFY(en.contains(QStringLiteral("Nothing was decided in this meeting.")));
    QVERIFY(!en.contains(QStringLiteral("Dissent")));
    QVERIFY(!en.contains(QStringLiteral("Postponed")));
}

void TestMinutes::stillGoingOn()
{
    Meeting m = samples::meeting();
    m.closed = false;
    QVERIFY(minutesOf(m, path, Lang::En).contains(QStringLiteral("This meeting has not been ended yet.")));
    QVERIFY(!minutesOf(samples::meeting(), path, Lang::En).contains(QStringLiteral("not been ended")));
}

void TestMinutes::overMidnight()
{
    Meeting m = samples::meeting();
    m.ended = m.started.addSecs(15 * 3600);
    QVERIFY(minutesOf(m, path, Lang::En).contains(QStringLiteral("2026-11-20 (Fri) 10:00–2026-11-21 (Sat) 01:00 (UTC+09:00)")));
    m.started = m.started.toUTC();
    QVERIFY(minutesOf(m, path, Lang::En).contains(QStringLiteral("2026-11-20 (Fri) 01:00–16:00 (UTC)")));
}

void TestMinutes::clocks_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0 << "0:00";
    QTest::newRow("negative") << -5 << "0:00";
    QTest::newRow("item") << 168 << "2:48";
    QTest::newRow("just under an hour") << 3599 << "59:59";
    QTest::newRow("an hour") << 3600 << "1:00:00";
    QTest::newRow("long") << 3600 * 12 + 62 << "12:01:02";
}

void TestMinutes::clocks()
{
    QFETCH(int, seconds);
    QFETCH(QString, text);
    QCOMPARE(clockText(seconds), text);
}

QTEST_APPLESS_MAIN(TestMinutes)
#include "tst_minutes.moc"

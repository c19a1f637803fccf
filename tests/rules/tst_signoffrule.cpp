// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/checklist.h>

#include <QTest>

using namespace tenken;

namespace {

const QByteArray rest = R"(
sections:
  - id: s
    title: Section
    items:
      - {id: s.one, title: One, question: Question}
)";

Partial<Checklist> read(const QByteArray &signOff, const QByteArray &extends = {})
{
    return readChecklist(*YamlFile::parse("format: tenken.checklist/1\nid: small\nversion: \"2\"\ntitle: Small\n" + extends + signOff
                                              + (extends.isEmpty() ? rest : QByteArray("\nsections: [{id: own, title: Own, items: [{id: own.a, title: A, question: Q}]}]\n")),
                                          QStringLiteral("c.yaml")));
}

} // namespace

/// `sign-off` of a checklist: who signs, and for how long it holds.
class TestSignOffRule : public QObject
{
    Q_OBJECT
private slots:
    void isThereWithoutBeingWritten()
    {
        const auto checklist = read({});
        QVERIFY(checklist.problems.empty());
        QCOMPARE(int(checklist.value.signOff.roles.size()), 3);
        QCOMPARE(checklist.value.signOff.people, 2);
        QCOMPARE(checklist.value.signOff.validDays, 180);
    }

    void isRead()
    {
        const auto checklist = read("sign-off:\n  roles:\n    - {role: owner}\n    - {role: security, title: {ja: 安全, en: Security}, people: 2}\n"
                                    "  people: 3\n  valid-days: 30\n");
        QVERIFY2(checklist.problems.empty(), checklist.problems.empty() ? "" : qPrintable(checklist.problems.front().toString(Lang::En)));
        const SignOffRule &rule = checklist.value.signOff;
        QCOMPARE(int(rule.roles.size()), 2);
        QCOMPARE(rule.roles[0].title.en, QStringLiteral("Service owner")); // a known role needs no title
        QVERIFY(rule.role(QStringLiteral("security")));
        QCOMPARE(rule.role(QStringLiteral("security"))->people, 2);
        QCOMPARE(rule.role(QStringLiteral("security"))->title.ja, QStringLiteral("安全"));
        QVERIFY(!rule.role(QStringLiteral("approver")));
        QCOMPARE(rule.people, 3);
        QCOMPARE(rule.validDays, 30);
    }

    void mistakesLeaveTheStricterRule_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("no map") << QByteArray("sign-off: none\n") << "`sign-off` cannot be read";
        QTest::newRow("no roles") << QByteArray("sign-off: {roles: []}\n") << "no list of 1 to 12";
        QTest::newRow("nobody") << QByteArray("sign-off: {people: 0}\n") << "`people` is no whole number";
        QTest::newRow("for ever") << QByteArray("sign-off: {valid-days: 99999}\n") << "`valid-days` is no whole number";
        QTest::newRow("half a day") << QByteArray("sign-off: {valid-days: 0.5}\n") << "`valid-days` is no whole number";
        QTest::newRow("a name") << QByteArray("sign-off: {roles: [{role: \"../x\"}]}\n") << "cannot be the name of a role";
        QTest::newRow("twice") << QByteArray("sign-off: {roles: [{role: a}, {role: a}]}\n") << "stands there twice";
    }

    void mistakesLeaveTheStricterRule()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);
        const auto checklist = read(text);
        QVERIFY(!checklist.value.complete); // nothing may be decided with it
        QVERIFY(!checklist.problems.empty());
        QVERIFY2(checklist.problems.front().message.en.contains(words), qPrintable(checklist.problems.front().message.en));
        QCOMPARE(checklist.problems.front().span.line, 5);
        QCOMPARE(checklist.value.signOff, SignOffRule());
    }

    void misspeltKeysAreTold()
    {
        const auto checklist = read("sign-off: {valid_days: 30}\n");
        QCOMPARE(int(checklist.problems.size()), 1);
        QVERIFY(checklist.problems.front().toString(Lang::En).contains(QStringLiteral("valid-days")));
        QVERIFY(!checklist.value.complete); // 180 days would hold instead
    }

    void askingForLessIsPrinted()
    {
        const auto checklist = read("sign-off:\n  roles: [{role: owner}]\n  people: 1\n  valid-days: 365\n", "extends: zozotown\n");
        QStringList said;
        for (const RemovedQuestion &r : checklist.value.removed)
            said << r.words().en + QStringLiteral(": ") + r.reason.en;
        QCOMPARE(said, (QStringList{"loosened, sign-off: without the signature of: Reviewer", "loosened, sign-off: without the signature of: Approver",
                                    "loosened, sign-off: different people: 2 → 1", "loosened, sign-off: valid for 180 → 365 days"}));
        const auto stricter = read("sign-off: {people: 3, valid-days: 90}\n", "extends: zozotown\n");
        QVERIFY(stricter.value.removed.empty());
        QCOMPARE(int(stricter.value.signOff.roles.size()), 3); // taken over
    }
};

QTEST_APPLESS_MAIN(TestSignOffRule)
#include "tst_signoffrule.moc"

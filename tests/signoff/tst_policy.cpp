// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

#include <QTest>

using namespace tenken;

/// What the person who verifies asks for.
class TestPolicy : public QObject
{
    Q_OBJECT
private slots:
    void tenkensOwnHoldsForItsDays()
    {
        QCOMPARE(builtinPolicy().maxAgeDays, SignOffRule().validDays);
        QCOMPARE(policyAtHand({}, {})->maxAgeDays, 180);
    }

    void isRead()
    {
        const QByteArray text =
            "format: tenken.signoff-policy/1\nroles:\n  - {role: owner}\n"
            "  - {role: security, people: 2, signers: [sato@example.com, \"*@sec.example.com\"]}\n"
            "people: 3\nmax-age-days: 90\nallowed-signers: keys/allowed\n";
        const auto policy = parsePolicy(text, QStringLiteral("/etc/policies/prod.yaml"));
        QVERIFY2(policy.has_value(), policy ? "" : qPrintable(policy.error().toString(Lang::En)));
        QCOMPARE(int(policy->rule.roles.size()), 2);
        QCOMPARE(policy->rule.role(QStringLiteral("security"))->people, 2);
        QCOMPARE(policy->rule.people, 3);
        QCOMPARE(policy->maxAgeDays, 90);
        QCOMPARE(policy->trust.allowedSigners, QStringLiteral("/etc/policies/keys/allowed"));
        QVERIFY(policy->trust.revoked.isEmpty());
        QCOMPARE(policy->digest, sha256Hex(text));
    }

    void whoMaySign()
    {
        Policy policy;
        policy.signers = {{QStringLiteral("reviewer"),
                           {QStringLiteral("sato@example.com"), QStringLiteral("*@sre.example.com")}}};
        QVERIFY(policy.maySign(QStringLiteral("reviewer"), QStringLiteral("sato@example.com")));
        QVERIFY(policy.maySign(QStringLiteral("reviewer"), QStringLiteral("Sato@Example.com")));
        QVERIFY(policy.maySign(QStringLiteral("reviewer"), QStringLiteral("anybody@sre.example.com")));
        QVERIFY(!policy.maySign(QStringLiteral("reviewer"), QStringLiteral("suzuki@example.com")));
        QVERIFY(
            !policy.maySign(QStringLiteral("reviewer"), QStringLiteral("x@evil.com?@sre.example.com.evil")));
        QVERIFY(policy.maySign(QStringLiteral("owner"),
                               QStringLiteral("suzuki@example.com"))); // no list: whoever is known
    }

    void halfUnderstoodIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words");
        const QByteArray head = "format: tenken.signoff-policy/1\n";
        QTest::newRow("empty") << QByteArray() << "empty";
        QTest::newRow("another format") << QByteArray("format: tenken.checklist/1\n") << "`format` is not";
        QTest::newRow("misspelt") << head + "rolls: []\n" << "roles";
        QTest::newRow("no roles") << head + "roles: []\n" << "names no role";
        QTest::newRow("a role's name") << head + "roles: [{role: A B}]\n" << "cannot be used";
        QTest::newRow("a role twice") << head + "roles: [{role: a}, {role: a}]\n" << "stands there twice";
        QTest::newRow("nobody") << head + "people: 0\n" << "`people` is no whole number";
        QTest::newRow("no signers") << head + "roles: [{role: a, signers: []}]\n" << "no list of signers";
        QTest::newRow("two stars") << head + "roles: [{role: a, signers: [\"*@*\"]}]\n"
                                   << "no list of signers";
        QTest::newRow("no YAML") << head + "roles: [\n" << "";
    }

    void halfUnderstoodIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);
        const auto policy = parsePolicy(text, QStringLiteral("p.yaml"));
        QVERIFY(!policy);
        QVERIFY2(policy.error().toString(Lang::En).contains(words),
                 qPrintable(policy.error().toString(Lang::En)));
    }

    void theDocumentMayOnlyAskForMore()
    {
        SignOffRule policy, document;
        policy.roles = {{QStringLiteral("owner"), {}, 2}, {QStringLiteral("security"), {}}};
        policy.people = 3;
        document.roles = {{QStringLiteral("owner"), {}, 1}, {QStringLiteral("legal"), {}}};
        document.people = 1;
        const SignOffRule both = stricterOf(policy, document);
        QCOMPARE(int(both.roles.size()), 3);
        QCOMPARE(both.role(QStringLiteral("owner"))->people, 2);
        QVERIFY(both.role(QStringLiteral("security")) && both.role(QStringLiteral("legal")));
        QCOMPARE(both.people, 3);
    }

    void filesAreFoundInTheirOrder()
    {
        made::People people;
        const QString allowed = people.put(QStringLiteral("allowed"), "x\n");
        const QString path = people.put(QStringLiteral("p.yaml"),
                                        "format: tenken.signoff-policy/1\nallowed-signers: allowed\n");
        const auto own = policyAtHand(path, {});
        QVERIFY(own.has_value());
        QCOMPARE(own->trust.allowedSigners, allowed);
        const auto given = policyAtHand(path, {QStringLiteral("/other"), {}}); // the command line goes first
        QCOMPARE(given->trust.allowedSigners, QStringLiteral("/other"));
        QVERIFY(!policyAtHand(people.file(QStringLiteral("nowhere.yaml")), {}));
    }
};

QTEST_APPLESS_MAIN(TestPolicy)
#include "tst_policy.moc"

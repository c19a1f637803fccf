// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signedreview.h"

using namespace tenken;

/// Who has to sign, who may, and what they decided.
class TestVerifyPeople : public QObject, made::SignedReview
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        if (!m_people.canSign())
            QSKIP("ssh-keygen is not installed");
    }

    void everyRoleHasToSign()
    {
        auto statements = all();
        statements.pop_back();
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("roles"), "roles",
               "Signatures are missing: Approver. The document asks for them.");
        VerifyOptions o = options();
        o.policy.rule.roles.push_back(
            {QStringLiteral("security"), {QStringLiteral("安全"), QStringLiteral("Security")}, 2});
        expect(*verifyDocument(file(all()), o), 1, QStringLiteral("roles"), "roles",
               "Security 0/2. Security: Tenken's default");
        o.policy.file = QStringLiteral("team.yaml");
        expect(*verifyDocument(file(all()), o), 1, QStringLiteral("roles"), "roles",
               "Security: the policy team.yaml asks for it, not the document.");
    }

    void anUnsignedDocumentWasSignedForNothing()
    {
        const auto v = verifyDocument(m_body, options());
        QCOMPARE(v->exitCode(), 1);
        for (const Check &check : v->checks)
            QVERIFY2(!check.words.en.contains(QStringLiteral("was signed for")), qPrintable(check.words.en));
        QCOMPARE(said(*v, "version"), QStringLiteral("The review is of v1.2.0."));
        VerifyOptions o = options();
        o.version = QStringLiteral("v1.2.0");
        QCOMPARE(said(*verifyDocument(m_body, o), "version"), QStringLiteral("Nobody signed for v1.2.0."));
    }

    void theDocumentCannotAskForLess()
    {
        Frozen f = m_frozen;
        f.rule.roles = {{QStringLiteral("owner"), {QStringLiteral("x"), QStringLiteral("x")}}};
        f.rule.people = 1;
        const QByteArray body = made::body(f);
        const auto v = verifyDocument(
            *assemble(body, {by(QStringLiteral("sato"), QStringLiteral("owner"), {}, body, f)}), options());
        expect(*v, 1, QStringLiteral("roles people"), "roles",
               "Signatures are missing: Reviewer, Approver. Reviewer, Approver: Tenken's default asks for it, not the "
               "document (a policy file, --policy FILE");
    }

    void onePersonIsOnePerson()
    {
        auto role = [&](const char *name) { return by(QStringLiteral("sato"), QString::fromLatin1(name)); };
        expect(*verifyDocument(file({role("owner"), role("reviewer"), role("approver")}), options()), 1,
               QStringLiteral("people"), "people", "2 people are asked for, 1 signed");
        // Two names for one key are one person, too.
        VerifyOptions o = options();
        const QByteArray key = m_people.publicLine(QStringLiteral("sato"));
        o.policy.trust.allowedSigners = m_people.put(
            QStringLiteral("two"), "sato@example.com " + key + "\nmisaki@example.com " + key + '\n');
        auto other = [&](const char *name) {
            return by(QStringLiteral("sato"), QString::fromLatin1(name),
                      [](Statement &s) { s.identity = QStringLiteral("misaki@example.com"); });
        };
        expect(*verifyDocument(file({role("owner"), other("reviewer"), other("approver")}), o), 1,
               QStringLiteral("people"), "people", "The same key counts as the same person");
    }

    void aRoleThatNobodyAsksForDoesNotCount()
    {
        VerifyOptions o = options();
        o.policy.rule.people = 4;
        o.policy.trust.allowedSigners = m_people.allow({"sato", "suzuki", "ito", "tanaka"});
        auto statements = all();
        statements.push_back(by(QStringLiteral("tanaka"), QStringLiteral("visitor")));
        const auto v = verifyDocument(file(statements), o);
        expect(*v, 1, QStringLiteral("people"), "people", "4 people are asked for, 3 signed");
        const auto visitor = std::ranges::find(v->signings, QStringLiteral("visitor"),
                                               [](const Signing &s) { return s.statement.role; });
        QCOMPARE(visitor->words.en, QStringLiteral("Nobody asks for the role \"visitor\"."));
    }

    void aWildcardIsStillOnePerson()
    {
        VerifyOptions o = options();
        o.policy.trust.allowedSigners = m_people.put(
            QStringLiteral("wild"), "*@example.com " + m_people.publicLine(QStringLiteral("sato")) + '\n');
        const auto as = [&](const char *name, const char *role) {
            return by(QStringLiteral("sato"), QString::fromLatin1(role), [&](Statement &s) {
                s.identity = QString::fromLatin1(name) + QStringLiteral("@example.com");
            });
        };
        expect(
            *verifyDocument(file({as("sato", "owner"), as("suzuki", "reviewer"), as("ito", "approver")}), o),
            1, QStringLiteral("people"), "people", "2 people are asked for, 1 signed");
        // Another spelling of a name is the same person with another key.
        o.policy.trust.allowedSigners =
            m_people.put(QStringLiteral("spelt"),
                         "sato@example.com " + m_people.publicLine(QStringLiteral("sato"))
                             + "\nSato@example.com " + m_people.publicLine(QStringLiteral("suzuki")) + '\n');
        const auto spelt = [&](const char *role) {
            return by(QStringLiteral("suzuki"), QString::fromLatin1(role),
                      [](Statement &s) { s.identity = QStringLiteral("Sato@example.com"); });
        };
        expect(*verifyDocument(file({as("sato", "owner"), spelt("reviewer"), spelt("approver")}), o), 1,
               QStringLiteral("people"), "people", "2 people are asked for, 1 signed");
    }

    void thePolicySaysWho()
    {
        VerifyOptions o = options();
        o.policy.signers = {{QStringLiteral("reviewer"), {QStringLiteral("tanaka@example.com")}}};
        const auto v = verifyDocument(file(all()), o);
        expect(*v, 1, QStringLiteral("roles"), "roles", "Signatures are missing: Reviewer");
        const auto reviewer = std::ranges::find(v->signings, QStringLiteral("reviewer"),
                                                [](const Signing &s) { return s.statement.role; });
        QVERIFY(reviewer->words.en.contains(QStringLiteral("By the policy suzuki@example.com may not")));
    }

    void aRejectionIsNoApproval()
    {
        const auto no = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"),
                           [](Statement &s) { s.decision = SignDecision::Rejected; });
        expect(*verifyDocument(file(allBut(no)), options()), 1, QStringLiteral("decision"), "decision",
               "Rejected by: suzuki@example.com");
        // A later approval by the same person in the same role takes it back; an earlier one does not.
        auto later = allBut(no), earlier = allBut(no);
        later.push_back(by(QStringLiteral("suzuki"), QStringLiteral("reviewer"),
                           [](Statement &s) { s.signedAt = s.signedAt.addSecs(60); }));
        earlier.push_back(by(QStringLiteral("suzuki"), QStringLiteral("reviewer"),
                             [](Statement &s) { s.signedAt = s.signedAt.addSecs(-60); }));
        expect(*verifyDocument(file(later), options()), 0, {}, "decision", "Everybody approved");
        expect(*verifyDocument(file(earlier), options()), 1, QStringLiteral("decision"), "decision",
               "Rejected by");
    }

    void aRejectionIsHeardInWhateverRole()
    {
        VerifyOptions o = options();
        o.policy.trust.allowedSigners = m_people.allow({"sato", "suzuki", "ito", "tanaka"});
        const auto security = [&](SignDecision decision, int seconds) {
            return by(QStringLiteral("tanaka"), QStringLiteral("security"), [&](Statement &s) {
                s.decision = decision;
                s.signedAt = s.signedAt.addSecs(seconds);
            });
        };
        auto statements = all();
        statements.push_back(security(SignDecision::Rejected, 0));
        expect(*verifyDocument(file(statements), o), 1, QStringLiteral("decision"), "decision",
               "Rejected by: tanaka@example.com (security)");
        statements.push_back(security(SignDecision::Approved, 60)); // taken back
        expect(*verifyDocument(file(statements), o), 0, {}, "decision", "Everybody approved");
        // Whoever may not sign in a role is heard in it, too.
        o.policy.signers = {{QStringLiteral("owner"), {QStringLiteral("sato@example.com")}}};
        statements = all();
        statements.push_back(by(QStringLiteral("tanaka"), QStringLiteral("owner"),
                                [](Statement &s) { s.decision = SignDecision::Rejected; }));
        expect(*verifyDocument(file(statements), o), 1, QStringLiteral("decision"), "decision",
               "Rejected by: tanaka@example.com (owner)");
    }

    void peopleOfAPolicyAreCountedInItsRoles()
    {
        Frozen f = m_frozen;
        f.rule.roles.push_back({QStringLiteral("helper"), {QStringLiteral("x"), QStringLiteral("Helper")}});
        const QByteArray body = made::body(f);
        std::vector<SignedStatement> statements;
        for (const char *role : {"owner", "reviewer", "approver"})
            statements.push_back(by(QStringLiteral("sato"), QString::fromLatin1(role), {}, body, f));
        statements.push_back(by(QStringLiteral("suzuki"), QStringLiteral("helper"), {}, body, f));
        VerifyOptions o = options();
        expect(*verifyDocument(*assemble(body, statements), o), 0, {}, "people", "2 people signed");
        o.policy.file = QStringLiteral("team.yaml");
        expect(*verifyDocument(*assemble(body, statements), o), 1, QStringLiteral("people"), "people",
               "In the policy's roles 2 people are asked for, 1 signed");
        statements[2] = by(QStringLiteral("ito"), QStringLiteral("approver"), {}, body, f);
        expect(*verifyDocument(*assemble(body, statements), o), 0, {}, "people", "3 people signed");
    }

    void waiversAreSaid()
    {
        const auto with = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"),
                             [](Statement &s) { s.decision = SignDecision::ApprovedWithWaivers; });
        expect(*verifyDocument(file(allBut(with)), options()), 0, {}, "decision",
               "with waivers by: suzuki@example.com");
    }
};

QTEST_GUILESS_MAIN(TestVerifyPeople)
#include "tst_verifypeople.moc"

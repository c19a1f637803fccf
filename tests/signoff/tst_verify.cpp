// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

#include <QHash>
#include <QRandomGenerator>
#include <QTest>

using namespace tenken;

/// Every attack on a signed document, with its words; and what is valid stays so.
class TestVerify : public QObject
{
    Q_OBJECT

    made::People m_people;
    const Frozen m_frozen = made::frozen();
    const QByteArray m_body = made::body(m_frozen);
    QHash<QByteArray, SignatureVerdict> m_known;     ///< OpenSSH is asked once for each statement

    using Change = std::function<void(Statement &)>;

    SignedStatement by(const QString &who, const QString &role, const Change &change = {},
                       const QByteArray &body = {}, const Frozen &frozen = made::frozen())
    {
        const SshKey key = m_people.key(who);
        Statement s = made::statement(body.isEmpty() ? m_body : body, frozen, role,
                                      who + QStringLiteral("@example.com"), key);
        if (change)
            change(s);
        return made::signedBy(s, key);
    }

    std::vector<SignedStatement> all()
    {
        return {by(QStringLiteral("sato"), QStringLiteral("owner")),
                by(QStringLiteral("suzuki"), QStringLiteral("reviewer")),
                by(QStringLiteral("ito"), QStringLiteral("approver"))};
    }

    std::vector<SignedStatement> allBut(const SignedStatement &other)
    {
        auto statements = all();
        const QString role = readStatement(other.statement)->role;
        std::erase_if(statements,
                      [&](const SignedStatement &s) { return readStatement(s.statement)->role == role; });
        statements.push_back(other);
        return statements;
    }

    QByteArray file(const std::vector<SignedStatement> &statements) const
    {
        return *assemble(m_body, statements);
    }

    VerifyOptions options(const QByteArray &keyOptions = {})
    {
        VerifyOptions o;
        o.policy.trust.allowedSigners = m_people.allow({"sato", "suzuki", "ito"}, keyOptions);
        o.now = QDateTime(QDate(2026, 11, 23), QTime(3, 0), QTimeZone::UTC);
        return o;
    }

    static QString said(const Verification &v, const char *id)
    {
        const auto found = std::ranges::find(v.checks, QString::fromLatin1(id), &Check::id);
        return found == v.checks.end() ? QString() : found->words.en;
    }

    static QString bad(const Verification &v)
    {
        QStringList ids;
        for (const Check &c : v.checks) {
            if (c.state == CheckState::Bad || c.state == CheckState::Changed)
                ids << c.id;
        }
        return ids.join(u' ');
    }

    void expect(const Verification &v, int code, const QString &ids, const char *id, const char *words)
    {
        for (const Check &c : v.checks)
            QVERIFY2(!c.title.ja.isEmpty() && !c.words.ja.isEmpty() && !c.words.en.isEmpty(),
                     qPrintable(c.id));
        QCOMPARE(bad(v), ids);
        QCOMPARE(v.exitCode(), code);
        QVERIFY2(said(v, id).contains(QString::fromUtf8(words)), qPrintable(said(v, id)));
    }

private slots:
    void initTestCase()
    {
        if (!m_people.canSign())
            QSKIP("ssh-keygen is not installed");
    }

    void whatIsGoodIsValid()
    {
        const auto v = verifyDocument(file(all()), options());
        expect(*v, 0, {}, "body", "are as they were signed");
        QCOMPARE(v->headline().en, QStringLiteral("The sign-off is valid and current."));
        QCOMPARE(int(v->signings.size()), 3);
        QVERIFY(std::ranges::all_of(v->signings, &Signing::counts));
        QCOMPARE(v->frozen->version, QStringLiteral("v1.2.0"));
    }

    void withoutSignaturesNothingIs()
    {
        expect(*verifyDocument(m_body, options()), 1,
               QStringLiteral("body review evidence signatures roles people decision"), "body",
               "No readable sign-off");
        QVERIFY(!verifyDocument("no PDF", options()).has_value());
    }

    void everyFlippedByteOfTheBodyIsSeen()
    {
        const QByteArray good = file(all());
        VerifyOptions o = options();
        o.signature = [this](const SignedStatement &s, const Statement &statement, const Trust &trust) {
            const QByteArray key = sha256Hex(s.statement + s.signature);
            if (!m_known.contains(key))
                m_known.insert(
                    key, sshVerify(s.statement, s.signature, statement.identity, statement.signedAt, trust));
            return m_known.value(key);
        };
        QCOMPARE(verifyDocument(good, o)->exitCode(), 0);
        QRandomGenerator random(2026);
        int seen = 0, told = 0;
        for (int i = 0; i < 2500; ++i) {
            // Every byte of a small body at least once, then bytes and bits at random.
            QByteArray bytes = good;
            const qsizetype at = i < m_body.size() ? i : random.bounded(int(m_body.size()));
            bytes[at] = char(bytes[at] ^ (1 << random.bounded(8)));
            const auto v = verifyDocument(bytes, o);
            QVERIFY2(!v || v->exitCode() == 1, qPrintable(QStringLiteral("byte %1").arg(at)));
            ++seen;
            told += v && said(*v, "body").contains(QStringLiteral("changed after it was signed"));
        }
        qInfo("%d flipped bytes in a body of %lld, all seen; %d told as such", seen, qlonglong(m_body.size()),
              told);
        QVERIFY(told > 2000);
    }

    void aPageEditedByAnUpdateIsSeen()
    {
        PdfUpdate update(*PdfFile::read(file(all())));
        const int content = update.addStream(PdfValue::dictionary({}), "BT /F1 12 Tf 60 700 Td (GO) Tj ET");
        auto page = *update.dictionaryOf(3);
        page.set("Contents", PdfValue::reference(content));
        update.replace(3, page);
        const auto v = verifyDocument(update.save(), options());
        expect(*v, 3, QStringLiteral("container"), "container", "no sign-off was appended");
        QVERIFY(v->container.body == m_body); // what is shown is what was signed
        expect(*verifyDocument(file(all()) + "x 0 obj\nstartxref\n99\n%%EOF\n", options()), 3,
               QStringLiteral("container"), "container", "in a form Tenken does not write");
    }

    void aSwappedAttachmentIsSeen()
    {
        for (const auto &[name, id] :
             {std::pair("review.json", "review"), std::pair("evidence.sha256", "evidence")}) {
            PdfUpdate update(*PdfFile::read(file(all())));
            QVERIFY(update.attach({{name, "text/plain", "x", "{\"decision\":\"go\"}"}}).has_value());
            expect(*verifyDocument(update.save(), options()), 1,
                   QString::fromLatin1(id) + QStringLiteral(" container"), id, "was swapped after signing");
        }
    }

    void aSwappedStatementIsSeen()
    {
        auto statements = all();
        statements[1].statement.replace("\"approved\"", "\"approved-with-waivers\"");
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "does not fit the statement");
        statements = all();
        statements[1].signature = statements[0].signature;
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "does not fit the statement");
        statements = all();
        statements[1].signature.clear();
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "cannot be read");
        statements = all();
        statements[1].box = made::box("CEO");
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("statements"), "statements",
               "its box is another one");
    }

    void keysThatDoNotCount_data()
    {
        QTest::addColumn<QByteArray>("keyOptions");
        QTest::addColumn<QString>("revoked");
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("as");
        QTest::addColumn<QString>("words");
        QTest::newRow("foreign") << QByteArray() << ""
                                 << "eve"
                                 << "suzuki"
                                 << "not one that is known to be suzuki@example.com's";
        QTest::newRow("unknown person") << QByteArray() << ""
                                        << "eve"
                                        << "eve"
                                        << "not one that is known to be eve@example.com's";
        QTest::newRow("another's name") << QByteArray() << ""
                                        << "sato"
                                        << "suzuki"
                                        << "not one that is known to be suzuki@example.com's";
        QTest::newRow("revoked") << QByteArray() << "suzuki" << "suzuki" << "suzuki" << "has been revoked";
        QTest::newRow("expired") << QByteArray("valid-before=\"20261101\" ") << ""
                                 << "suzuki"
                                 << "suzuki"
                                 << "had expired";
    }

    void keysThatDoNotCount()
    {
        QFETCH(QByteArray, keyOptions);
        QFETCH(QString, revoked);
        QFETCH(QString, who);
        QFETCH(QString, as);
        QFETCH(QString, words);
        VerifyOptions o = options(keyOptions);
        if (!revoked.isEmpty())
            o.policy.trust.revoked = m_people.file(revoked + QStringLiteral(".pub"));
        const auto odd = by(who, QStringLiteral("reviewer"),
                            [&](Statement &s) { s.identity = as + QStringLiteral("@example.com"); });
        const auto v = verifyDocument(file(allBut(odd)), o);
        QCOMPARE(v->exitCode(), 1);
        QVERIFY2(said(*v, "signatures").contains(words), qPrintable(said(*v, "signatures")));
        QVERIFY(said(*v, "roles").contains(QStringLiteral("Reviewer")));
    }

    void anExtraSignatureOfAStrangerIsNotOverlooked()
    {
        auto statements = all();
        statements.push_back(by(QStringLiteral("eve"), QStringLiteral("owner")));
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("signatures"), "signatures",
               "eve@example.com");
    }

    void withoutAListNothingIsValid()
    {
        VerifyOptions o = options();
        o.policy.trust = {};
        expect(*verifyDocument(file(all()), o), 1, QStringLiteral("signatures roles people decision"),
               "signatures", "whose keys to trust");
    }

    void theKeyNamedMustBeTheOneThatSigned()
    {
        const auto odd = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"),
                            [](Statement &s) { s.keyFingerprint = QStringLiteral("SHA256:abc"); });
        expect(*verifyDocument(file(allBut(odd)), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "Another key than the statement names");
    }

    void theFutureIsNotSigned()
    {
        const auto odd = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"),
                            [](Statement &s) { s.signedAt = s.signedAt.addYears(1); });
        expect(*verifyDocument(file(allBut(odd)), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "in the future");
    }

    void anotherDocumentsStatementIsSeen()
    {
        // A real signature over another review, moved into this file.
        Frozen other = m_frozen;
        other.version = QStringLiteral("v1.1.0");
        const QByteArray old = made::body(other);
        const auto v = verifyDocument(
            file(allBut(by(QStringLiteral("suzuki"), QStringLiteral("reviewer"), {}, old, other))),
            options());
        QCOMPARE(v->exitCode(), 1);
        QVERIFY2(said(*v, "body").contains(QStringLiteral("over different documents")),
                 qPrintable(said(*v, "body")));
        QVERIFY(said(*v, "statements").contains(QStringLiteral("does not fit the review")));
    }

    void statementsMustFitTheReview_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"version", "service", "id", "validity", "commit", "checklist"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }

    void statementsMustFitTheReview()
    {
        QFETCH(QString, what);
        const auto odd = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"), [&](Statement &s) {
            if (what == u"version")
                s.version = QStringLiteral("v9");
            else if (what == u"service")
                s.service = QStringLiteral("payments");
            else if (what == u"id")
                s.reviewId = QStringLiteral("other");
            else if (what == u"validity")
                s.validUntil = s.validUntil.addYears(10);
            else if (what == u"commit")
                std::erase_if(s.subjects, [](const Subject &x) { return x.name == subject::commit; });
            else
                s.subjects.back().digest = QByteArray(64, 'd');
        });
        expect(*verifyDocument(file(allBut(odd)), options()), 1, QStringLiteral("statements"), "statements",
               "does not fit the review: suzuki@example.com");
    }

    void uncommittedFilesAreNotSigned()
    {
        Frozen f = m_frozen;
        f.uncommitted = {QStringLiteral("deploy/api.yaml")};
        const QByteArray body = made::body(f);
        const auto bytes = assemble(body, {by(QStringLiteral("sato"), QStringLiteral("owner"), {}, body, f)});
        QVERIFY(said(*verifyDocument(*bytes, options()), "statements")
                    .contains(QStringLiteral("differed from the commit")));
    }

    void replayForAnotherVersionIsSeen()
    {
        VerifyOptions o = options();
        o.version = QStringLiteral("v1.3.0");
        expect(*verifyDocument(file(all()), o), 1, QStringLiteral("version"), "version",
               "It was signed for v1.2.0, not for v1.3.0.");
        o.version = QStringLiteral("v1.2.0");
        expect(*verifyDocument(file(all()), o), 0, {}, "version", "It was signed for v1.2.0");
        o.version = QString(10, u'a'); // of the commit
        QCOMPARE(verifyDocument(file(all()), o)->exitCode(), 0);
        o.version = QStringLiteral("aaa"); // too short to mean a commit
        QCOMPARE(verifyDocument(file(all()), o)->exitCode(), 1);
    }

    void validityEnds()
    {
        VerifyOptions o = options();
        o.now = QDateTime(m_frozen.validUntil, QTime(12, 0));
        QCOMPARE(verifyDocument(file(all()), o)->exitCode(), 0); // the last day still counts
        o.now = o.now.addDays(1);
        expect(*verifyDocument(file(all()), o), 3, QStringLiteral("validity"), "validity",
               "It ended on 2027-05-19 (the checklist's 180 days).");
        o = options();
        o.policy.maxAgeDays = 2;
        expect(*verifyDocument(file(all()), o), 3, QStringLiteral("validity"), "validity",
               "It ended on 2026-11-22 (the policy).");
    }

    void everyRoleHasToSign()
    {
        auto statements = all();
        statements.pop_back();
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("roles"), "roles",
               "Signatures are missing: Approver");
        VerifyOptions o = options();
        o.policy.rule.roles.push_back(
            {QStringLiteral("security"), {QStringLiteral("安全"), QStringLiteral("Security")}, 2});
        expect(*verifyDocument(file(all()), o), 1, QStringLiteral("roles"), "roles", "Security 0/2");
    }

    void theDocumentCannotAskForLess()
    {
        Frozen f = m_frozen;
        f.rule.roles = {{QStringLiteral("owner"), {QStringLiteral("x"), QStringLiteral("x")}}};
        f.rule.people = 1;
        const QByteArray body = made::body(f);
        const auto v = verifyDocument(
            *assemble(body, {by(QStringLiteral("sato"), QStringLiteral("owner"), {}, body, f)}), options());
        expect(*v, 1, QStringLiteral("roles people"), "roles", "Signatures are missing: Reviewer, Approver");
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

    void waiversAreSaid()
    {
        const auto with = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"),
                             [](Statement &s) { s.decision = SignDecision::ApprovedWithWaivers; });
        expect(*verifyDocument(file(allBut(with)), options()), 0, {}, "decision",
               "with waivers by: suzuki@example.com");
    }

    void eitherOrderAndParallelCopies()
    {
        const auto statements = all();
        QByteArray one = file({statements[0]}), two = file({statements[1], statements[2]});
        const auto merged = mergedDocuments(two, one);
        QVERIFY(merged && *merged == file(statements));
        expect(*verifyDocument(*merged, options()), 0, {}, "signatures", "All 3 are by known people's keys");
    }
};

QTEST_GUILESS_MAIN(TestVerify)
#include "tst_verify.moc"

// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authority.h"
#include "signedreview.h"

#include <signoff/cms.h>
#include <signoff/signing.h>

#include <QRandomGenerator>

using namespace tenken;
using State = SealVerdict::State;

/// The seal over a signed document, and what can be done to it.
class TestSeal : public QObject, made::SignedReview
{
    Q_OBJECT

    made::Authority m_authority;
    const QDateTime m_at{QDate(2026, 11, 22), QTime(9, 30), QTimeZone::UTC};
    QByteArray m_signed, m_sealed, m_stamped;

    QString pem(const char *name) const
    {
        return m_authority.file(QString::fromLatin1(name) + QStringLiteral(".pem"));
    }
    SealKey key(const char *name) const
    {
        return {pem(name), m_authority.file(QString::fromLatin1(name) + QStringLiteral(".key")), {}, {}};
    }

    QByteArray cmsOver(const SealRoom &room, const char *who = "seal") const
    {
        const auto cms = sealSignature(room.covered(), key(who), Asking::Askpass);
        return cms ? *cms : QByteArray(cms.error().toString(Lang::En).toUtf8());
    }

    QByteArray withStamp(const QByteArray &cms) const
    {
        const auto query = timestampQuery(cms);
        const auto done = query ? withTimestamp(cms, *query, m_authority.stamp(*query), pem("ca")) : query;
        return done ? *done : QByteArray(done.error().toString(Lang::En).toUtf8());
    }

    QByteArray sealedWith(const QByteArray &cms) const { return *sealed(*roomForSeal(m_signed, m_at), cms); }

    VerifyOptions asking(const char *authority, const char *timestamps = nullptr)
    {
        VerifyOptions o = remembering();
        o.policy.seal = {authority ? pem(authority) : QString(), timestamps ? pem(timestamps) : QString()};
        return o;
    }

private slots:
    void initTestCase()
    {
        if (!m_people.canSign() || !m_authority.canSeal())
            QSKIP("ssh-keygen or openssl is not installed");
        m_authority.make();
        m_signed = file(all());
        const auto room = roomForSeal(m_signed, m_at);
        QVERIFY2(room.has_value(), room ? "" : qPrintable(room.error().toString(Lang::En)));
        const QByteArray cms = cmsOver(*room);
        QVERIFY2(readCms(cms).has_value(), cms);
        m_sealed = sealedWith(cms);
        const QByteArray stamped = withStamp(cms);
        QVERIFY2(readCms(stamped) && !readCms(stamped)->token.isEmpty(), stamped);
        m_stamped = sealedWith(stamped);
    }

    void theDocumentStaysAsItWas()
    {
        for (const QByteArray &bytes : {m_sealed, m_stamped}) {
            QVERIFY(bytes.startsWith(m_signed));
            const auto c = readContainer(bytes);
            QVERIFY(c && c->seal && !c->altered && c->shownReadable);
            QVERIFY(c->body == m_body);
            QCOMPARE(c->seal->claimedAt, m_at);
            QCOMPARE(int(c->statements.size()), 3);
        }
        QVERIFY(!readContainer(m_signed)->seal && !readContainer(m_body)->seal);
    }

    void whatIsSaid_data()
    {
        QTest::addColumn<bool>("stamped");
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("timestamps");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        QTest::newRow("nobody told") << false << ""
                                     << "" << 0 << "Nobody told this computer whose certificates to trust";
        QTest::newRow("good") << false << "ca"
                              << "" << 0 << "The time 2026-11-22 09:30:00 UTC is by the sealer's own clock";
        QTest::newRow("another authority") << false << "other"
                                           << "" << 1 << "is from no authority that is trusted";
        QTest::newRow("the certificate itself is no authority") << false << "seal"
                                                                << "" << 1 << "is from no authority";
        QTest::newRow("a list that is missing") << false << "nowhere" << "" << 1 << "cannot be read";
        QTest::newRow("stamped and nobody told") << true << "" << "" << 0 << "Its timestamp was not checked";
        QTest::newRow("stamped, its authority not told") << true << "ca"
                                                         << "" << 0 << "Its timestamp was not checked";
        QTest::newRow("stamped") << true << "ca" << "ca" << 0 << "The timestamp says 20";
        QTest::newRow("stamped by a stranger")
            << true << "ca"
            << "other" << 1 << "from no authority that is trusted, or does not fit";
        QTest::newRow("a timestamp is asked for") << false << "ca" << "ca" << 1 << "There is no timestamp";
    }

    void whatIsSaid()
    {
        QFETCH(bool, stamped);
        QFETCH(QString, authority);
        QFETCH(QString, timestamps);
        QFETCH(int, code);
        QFETCH(QString, words);
        const QByteArray one = authority.toLatin1(), two = timestamps.toLatin1();
        const auto v = verifyDocument(
            stamped ? m_stamped : m_sealed,
            asking(one.isEmpty() ? nullptr : one.constData(), two.isEmpty() ? nullptr : two.constData()));
        expect(*v, code, code == 0 ? QString() : QStringLiteral("seal"), "seal", words.toUtf8().constData());
        if (authority != u"nowhere" && timestamps != u"other")
            QVERIFY2(said(*v, "seal").contains(QStringLiteral("seal 株式会社")), qPrintable(said(*v, "seal")));
    }

    void withoutASealNothingIsSaidUnlessAsked()
    {
        QCOMPARE(said(*verifyDocument(m_signed, asking(nullptr)), "seal"), QString());
        expect(*verifyDocument(m_signed, asking("ca")), 1, QStringLiteral("seal"), "seal",
               "There is no seal");
    }

    void aTimestampOutlivesItsAuthoritysCertificate()
    {
        const auto day = [](const QDateTime &at) { return at.toString(QStringLiteral("yyyyMMddHHmmss'Z'")); };
        const QByteArray stamping = "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage="
                                    "critical,timeStamping\n";
        const QDateTime now = QDateTime::currentDateTimeUtc(), end = now.addSecs(8);
        QFile::remove(pem("tsa"));
        m_authority.makeCertificate(QStringLiteral("tsa"), QStringLiteral("ca"), stamping,
                                    {"-not_before", day(now.addDays(-1)), "-not_after", day(end)});
        if (!QFile::exists(pem("tsa")))
            QSKIP("this openssl cannot make a certificate that ends soon");
        const QByteArray stamped = sealedWith(withStamp(cmsOver(*roomForSeal(m_signed, m_at))));
        QTest::qWait(int(QDateTime::currentDateTimeUtc().msecsTo(end)) + 1500);
        expect(*verifyDocument(stamped, asking("ca", "ca")), 0, {}, "seal", "The timestamp says 20");
        expect(*verifyDocument(stamped, asking("ca", "other")), 1, QStringLiteral("seal"), "seal",
               "from no authority that is trusted");
        m_authority.makeCertificate(QStringLiteral("tsa"), QStringLiteral("ca"), stamping);
    }

    void whatDoesNotFitIsBroken()
    {
        // A seal of another document, of the same one at another time, of nobody; a token over another seal.
        const QByteArray other = file({all().front()});
        expect(*verifyDocument(sealedWith(cmsOver(*roomForSeal(other, m_at))), asking(nullptr)), 1,
               QStringLiteral("seal"), "seal", "does not fit the document");
        expect(*verifyDocument(sealedWith(cmsOver(*roomForSeal(m_signed, m_at.addSecs(1)))), asking("ca")), 1,
               QStringLiteral("seal"), "seal", "does not fit");
        expect(*verifyDocument(sealedWith(QByteArray("\x30\x00", 2)), asking(nullptr)), 1,
               QStringLiteral("seal"), "seal", "cannot be read");
        const SealRoom room = *roomForSeal(m_signed, m_at);
        const QByteArray token = readCms(withStamp(cmsOver(*roomForSeal(other, m_at))))->token;
        const auto moved = cmsWithToken(cmsOver(room), token);
        QVERIFY(moved.has_value());
        expect(*verifyDocument(sealedWith(*moved), asking("ca", "ca")), 1, QStringLiteral("seal"), "seal",
               "does not fit it");
        // An empty place is no seal.
        expect(*verifyDocument(room.file, asking(nullptr)), 3, QStringLiteral("container"), "container",
               "no sign-off was appended");
    }

    void everyFlippedByteIsSeen()
    {
        VerifyOptions o = asking("ca", "ca");
        QCOMPARE(verifyDocument(m_stamped, o)->exitCode(), 0);
        QRandomGenerator random(11);
        const qsizetype start = m_signed.size(), place = m_stamped.indexOf("/Contents <3", start);
        QVERIFY(place > 0);
        const QByteArray covered = readContainer(m_stamped)->seal->covered;
        int asked = 0;
        for (int i = 0; i < 400; ++i) {
            QByteArray bytes = m_stamped;
            // What OpenSSL is asked about costs time: most of the bytes lie outside the signature.
            const bool inside = i % 8 == 0;
            const qsizetype at =
                inside ? place + 11 + random.bounded(6'000) : start + random.bounded(int(place - start));
            bytes[at] = char(bytes[at] ^ (1 << random.bounded(7)));
            const auto v = verifyDocument(bytes, o);
            // A certificate that the signature carries along and nobody needs is covered by nothing.
            QVERIFY2(!v || v->exitCode() != 0 || (inside && v->container.seal->covered == covered),
                     qPrintable(QStringLiteral("byte %1").arg(at)));
            asked += v && v->container.seal.has_value();
        }
        QVERIFY(asked > 5);
    }

    void nothingComesAfterTheSealOrUnderIt()
    {
        for (const QByteArray &more : {QByteArray("\n"), QByteArray("%%EOF\n"), QByteArray(40'000, '0')})
            expect(*verifyDocument(m_sealed + more, asking(nullptr)), 3, QStringLiteral("container"),
                   "container", "The pages a viewer shows may differ");
        PdfUpdate after(*PdfFile::read(m_sealed));
        after.add(PdfValue::number(1));
        expect(*verifyDocument(after.save(), asking(nullptr)), 3, QStringLiteral("container"), "container",
               "no sign-off was appended");
        // Somebody else's seal over an edited page: the edit does not become part of the sign-off.
        PdfUpdate edited(*PdfFile::read(m_signed));
        auto page = *edited.dictionaryOf(3);
        page.set("Contents",
                 PdfValue::reference(edited.addStream(PdfValue::dictionary({}), "BT (GO) Tj ET")));
        edited.replace(3, page);
        const SealRoom room = *roomForSeal(edited.save(), m_at);
        const auto v = verifyDocument(*sealed(room, cmsOver(room)), asking(nullptr));
        expect(*v, 3, QStringLiteral("container"), "container", "no sign-off was appended");
        QVERIFY(!v->container.seal);
        // And a second one.
        QVERIFY(!roomForSeal(m_sealed, m_at));
    }

    void nothingIsSignedOverASeal()
    {
        const auto signable = readSignable(m_sealed, QDate(2026, 11, 23));
        QVERIFY(!signable && signable.error().message.en.contains(QStringLiteral("It is sealed")));
        for (const auto &merged : {mergedDocuments(m_sealed, m_signed), mergedDocuments(m_signed, m_sealed)})
            QVERIFY(!merged && merged.error().message.en.contains(QStringLiteral("It is sealed")));
    }

    void anExpiredCertificateNeedsATimestamp()
    {
        const QDateTime end = QDateTime::currentDateTimeUtc().addSecs(6);
        m_authority.makeCertificate(QStringLiteral("brief"), QStringLiteral("ca"),
                                    "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\n",
                                    {"-not_before", "20260101000000Z", "-not_after",
                                     end.toString(QStringLiteral("yyyyMMddHHmmss")) + u'Z'});
        if (m_authority.bytes(QStringLiteral("brief.pem")).isEmpty())
            QSKIP("this openssl cannot say until when a certificate holds");
        const QByteArray cms = cmsOver(*roomForSeal(m_signed, m_at), "brief");
        const QByteArray stamped = withStamp(cms);
        QVERIFY(readCms(stamped).has_value());
        QTRY_VERIFY_WITH_TIMEOUT(QDateTime::currentDateTimeUtc() > end.addSecs(1), 20'000);
        expect(*verifyDocument(sealedWith(cms), asking("ca")), 3, QStringLiteral("seal"), "seal",
               "has expired");
        const auto v = verifyDocument(sealedWith(stamped), asking("ca", "ca"));
        const auto verdict = checkSeal(*v->container.seal, {pem("ca"), pem("ca")});
        if (verdict.timestamp > end)
            QSKIP("the machine was too slow to stamp in time");
        expect(*v, 0, {}, "seal", "The timestamp says");
    }

    void otherProgramsReadIt()
    {
        m_authority.put(QStringLiteral("sealed.pdf"), m_stamped);
        const QString path = m_authority.file(QStringLiteral("sealed.pdf"));
        if (!QStandardPaths::findExecutable(QStringLiteral("qpdf")).isEmpty()) {
            int code = -1;
            const QByteArray said = made::output(QStringLiteral("qpdf"), {"--check", path}, &code);
            QVERIFY2(code == 0, said);
        }
        if (QStandardPaths::findExecutable(QStringLiteral("pdfsig")).isEmpty())
            QSKIP("pdfsig is not installed");
        const QByteArray said = made::output(QStringLiteral("pdfsig"), {"-nocert", path});
        QVERIFY2(said.contains("Signature is Valid") && said.contains("ETSI.CAdES.detached")
                     && said.contains("Total document signed"),
                 said);
    }
};

QTEST_GUILESS_MAIN(TestSeal)
#include "tst_seal.moc"

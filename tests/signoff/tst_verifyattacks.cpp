// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signedreview.h"

#include <signoff/signing.h>

using namespace tenken;

/// What somebody without a key can append to a signed document, or cut from it.
class TestVerifyAttacks : public QObject, made::SignedReview
{
    Q_OBJECT

    using Edit = std::function<void(PdfUpdate &)>;

    QByteArray m_good;

    PdfUpdate update() const { return PdfUpdate(*PdfFile::read(m_good)); }

    static int attachmentNamed(PdfUpdate &u, const QByteArray &name, const QByteArray &plain,
                               const QByteArray &bytes)
    {
        const int file = u.addStream(PdfValue::dictionary({{"Type", PdfValue::name("EmbeddedFile")}}), bytes);
        return u.add(
            PdfValue::dictionary({{"Type", PdfValue::name("Filespec")},
                                  {"F", PdfValue::text(plain)},
                                  {"UF", PdfValue::text(name)},
                                  {"EF", PdfValue::dictionary({{"F", PdfValue::reference(file)}})}}));
    }

    /// The list of attachments with one more in it.
    static void list(PdfUpdate &u, const QByteArray &key, int specification,
                     const QByteArray &under = "Names")
    {
        std::vector<PdfValue> names;
        const auto entries = *u.file().fileNames();
        for (const auto &[name, file] : entries) {
            names.push_back(name);
            names.push_back(file);
        }
        names.push_back(PdfValue::text(key));
        names.push_back(PdfValue::reference(specification));
        const int tree = u.add(PdfValue::dictionary({{"Names", PdfValue::array(std::move(names))}}));
        QVERIFY(u.setInCatalog(under, PdfValue::dictionary({{"EmbeddedFiles", PdfValue::reference(tree)}})));
    }

    static void inPage(PdfUpdate &u, const QByteArray &key, const PdfValue &value)
    {
        const int page = u.file().pages()->front();
        auto dictionary = *u.dictionaryOf(page);
        dictionary.set(key, value);
        u.replace(page, dictionary);
    }

    static PdfValue script()
    {
        return PdfValue::dictionary({{"S", PdfValue::name("JavaScript")}, {"JS", PdfValue::text("x")}});
    }

    static QByteArray bodyOf(const QJsonObject &review)
    {
        PdfUpdate u(*PdfFile::read(made::page("Review")));
        return u.attach({{"evidence.sha256", "text/plain", "x", made::evidence},
                         {"review.json", "application/json", "x", QJsonDocument(review).toJson()}})
            ? u.save()
            : QByteArray();
    }

    /// A document signed in every role.
    QByteArray signedByAll(const QByteArray &body, const Frozen &frozen = made::frozen())
    {
        std::vector<SignedStatement> statements;
        for (const auto &[who, role] :
             {std::pair("sato", "owner"), std::pair("suzuki", "reviewer"), std::pair("ito", "approver")})
            statements.push_back(by(QString::fromLatin1(who), QString::fromLatin1(role), {}, body, frozen));
        return *assemble(body, std::move(statements));
    }
    QByteArray signedByAll(const QJsonObject &review, const Frozen &frozen = made::frozen())
    {
        return signedByAll(bodyOf(review), frozen);
    }

private slots:
    void initTestCase()
    {
        if (!m_people.canSign())
            QSKIP("ssh-keygen is not installed");
        m_good = file(all());
        expect(*verifyDocument(m_good, options()), 0, {}, "container", "Nothing but the sign-off");
    }

    void attachmentsThatViewersTakeForOthers()
    {
        // The same name twice: some take the first, some the last.
        auto twice = update();
        list(twice, "review.json",
             attachmentNamed(twice, "review.json", "review.json", "{\"decision\":\"go\"}"));
        expect(*verifyDocument(twice.save(), options()), 1, QStringLiteral("review container"), "review",
               "was swapped after signing");
        // The list says one name, the file another.
        for (const auto &[unicode, plain] :
             {std::pair("review.json", "zzz"), std::pair("zzz", "review.json")}) {
            auto other = update();
            list(other, "zzz", attachmentNamed(other, unicode, plain, "{}"));
            expect(*verifyDocument(other.save(), options()), 3, QStringLiteral("container"), "container",
                   "in a form Tenken does not write");
        }
        // Associated files and the list go apart.
        auto associated = update();
        const int file = attachmentNamed(associated, "review.json", "review.json", "{}");
        QVERIFY(associated.setInCatalog("AF", PdfValue::array({PdfValue::reference(file)})));
        expect(*verifyDocument(associated.save(), options()), 3, QStringLiteral("container"), "container",
               "no sign-off was appended");
        // The list is written with an escape, or twice, so that readers disagree which one counts.
        for (const char *under : {"N#61mes", "Names null /Names"}) {
            auto hidden = update();
            list(hidden, "review.json", attachmentNamed(hidden, "review.json", "review.json", "{}"), under);
            expect(*verifyDocument(hidden.save(), options()), 3, QStringLiteral("container"), "container",
                   "in a form Tenken does not write");
        }
        // No list at all: a viewer finds nothing of what was signed.
        auto none = update();
        QVERIFY(none.setInCatalog("Names", PdfValue::dictionary({})));
        expect(*verifyDocument(none.save(), options()), 1, QStringLiteral("review evidence container"),
               "evidence", "was swapped after signing");
    }

    void shadows_data()
    {
        QTest::addColumn<Edit>("edit");
        const auto row = [](const char *name, const Edit &edit) { QTest::newRow(name) << edit; };
        row("a note over the verdict", [](PdfUpdate &u) {
            const int note = u.add(PdfValue::dictionary({{"Type", PdfValue::name("Annot")},
                                                         {"Subtype", PdfValue::name("FreeText")},
                                                         {"Rect", PdfValue::rectangle(0, 0, 595, 842)},
                                                         {"Contents", PdfValue::text("GO")}}));
            inPage(u, "Annots", PdfValue::array({PdfValue::reference(note)}));
        });
        row("other content", [](PdfUpdate &u) {
            inPage(u, "Contents",
                   PdfValue::reference(u.addStream(PdfValue::dictionary({}), "BT (GO) Tj ET")));
        });
        row("another font for the same letters",
            [](PdfUpdate &u) { inPage(u, "Resources", PdfValue::dictionary({})); });
        row("a smaller page",
            [](PdfUpdate &u) { inPage(u, "CropBox", PdfValue::rectangle(0, 0, 100, 100)); });
        row("pages left out", [](PdfUpdate &u) {
            const int root = u.dictionaryOf(1)->find("Pages")->object;
            auto pages = *u.dictionaryOf(root);
            pages.set("Kids", PdfValue::array({pages.find("Kids")->items.back()}));
            u.replace(root, pages);
        });
        row("layers",
            [](PdfUpdate &u) { QVERIFY(u.setInCatalog("OCProperties", PdfValue::dictionary({}))); });
        row("a form", [](PdfUpdate &u) { QVERIFY(u.setInCatalog("AcroForm", PdfValue::dictionary({}))); });
        row("a script", [](PdfUpdate &u) { QVERIFY(u.setInCatalog("OpenAction", script())); });
        row("an empty update", [](PdfUpdate &u) { u.add(PdfValue::number(1)); });
    }

    void shadows()
    {
        QFETCH(Edit, edit);
        auto u = update();
        edit(u);
        const auto v = verifyDocument(u.save(), options());
        expect(*v, 3, QStringLiteral("container"), "container", "The pages a viewer shows may differ");
        QVERIFY(v->container.body == m_body); // what Tenken shows is what was signed
    }

    void updatesInFormsThatTenkenDoesNotWrite_data()
    {
        QTest::addColumn<QByteArray>("more");
        auto u = update();
        u.add(PdfValue::number(1));
        const QByteArray tail = u.save().sliced(m_good.size());
        const auto with = [&](const QByteArray &from, const QByteArray &to) {
            return QByteArray(tail).replace(from, to);
        };
        const QByteArray start = QByteArray::number(m_good.size() + tail.indexOf("xref"));
        const QByteArray stream =
            "900 0 obj\n<</Type/XRef/Size 901/W[1 2 1]/Root 1 0 R/Length 0>>\nstream\n\nendstream\nendobj\n";
        QTest::newRow("a hybrid table") << with("/Prev ", "/XRefStm 15 /Prev ");
        QTest::newRow("encryption") << with("/Prev ", "/Encrypt 1 0 R /Prev ");
        QTest::newRow("a circle of tables")
            << with("/Prev " + QByteArray::number(update().file().startXref()), "/Prev " + start);
        QTest::newRow("a table stream")
            << stream + "startxref\n" + QByteArray::number(m_good.size()) + "\n%%EOF\n";
        QTest::newRow("no table") << QByteArray("startxref\n0\n%%EOF\n");
        QTest::newRow("another PDF") << made::page("GO");
    }

    void updatesInFormsThatTenkenDoesNotWrite()
    {
        QFETCH(QByteArray, more);
        const auto v = verifyDocument(m_good + more, options());
        expect(*v, 3, QStringLiteral("container"), "container", "in a form Tenken does not write");
        QVERIFY(v->container.body == m_body);
    }

    void anythingBehindTheEnd()
    {
        for (const QByteArray &more :
             {QByteArray("\n"), QByteArray(" "), QByteArray(1, '\0'), QByteArray(3000, '\0'),
              QByteArray("%%EOF"), QByteArray("<script>"), QByteArray(200, '\n') + "%%EOF\n"}) {
            const auto v = verifyDocument(m_good + more, options());
            QVERIFY(v.has_value());
            QCOMPARE(v->exitCode(), 3);
            QCOMPARE(bad(*v), QStringLiteral("container"));
        }
    }

    void cutAnywhereItIsNotSigned()
    {
        for (qsizetype at = m_good.size() - 7; at > m_body.size() - 40; at -= 211) {
            const auto v = verifyDocument(m_good.first(at), options());
            QVERIFY2(!v || v->exitCode() == 1, qPrintable(QString::number(at)));
        }
    }

    void everyFlippedByteOfTheSignOffIsSeen()
    {
        VerifyOptions o = remembering();
        int changed = 0, invalid = 0;
        for (qsizetype at = m_body.size(); at < m_good.size(); at += 13) {
            QByteArray bytes = m_good;
            bytes[at] = char(bytes[at] ^ 4);
            const auto v = verifyDocument(bytes, o);
            QVERIFY2(!v || v->exitCode() != 0, qPrintable(QString::number(at)));
            ++(v && v->exitCode() == 3 ? changed : invalid);
        }
        qInfo("flipped in the sign-off: %d altered, %d not valid", changed, invalid);
        QVERIFY(changed > 50 && invalid > 50);
    }

    void anUpdateThatImitatesOurs()
    {
        // Tenken's own form, with a statement that nobody signed.
        Statement forged =
            made::statement(m_body, m_frozen, QStringLiteral("approver"), QStringLiteral("ito@example.com"),
                            m_people.key(QStringLiteral("ito")));
        auto statements = all();
        statements.pop_back();
        statements.push_back({statementBytes(forged), statements.front().signature, made::box("approver")});
        expect(*verifyDocument(file(statements), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "does not fit the statement");
        // Our whole form once more, behind the real one.
        PdfUpdate again = update();
        QVERIFY(again.attach(
            {{"VERIFY.txt", "text/plain", "How to check this document without Tenken", verifyText(all())}}));
        expect(*verifyDocument(again.save(), options()), 3, QStringLiteral("container"), "container",
               "no sign-off was appended");
        // A box moved over another one: the same length, the same statements.
        QByteArray moved = m_good;
        const qsizetype place = moved.indexOf(" cm /D", m_body.size());
        QVERIFY(place > 0);
        moved[place - 1] = moved[place - 1] == '1' ? '2' : '1';
        const auto v = verifyDocument(moved, options());
        QCOMPARE(bad(*v), QStringLiteral("container"));
    }

    void aSignOffIsNotOlderThanTheReview()
    {
        const auto odd = by(QStringLiteral("suzuki"), QStringLiteral("reviewer"),
                            [](Statement &s) { s.signedAt = s.signedAt.addDays(-1); });
        expect(*verifyDocument(file(allBut(odd)), options()), 1, QStringLiteral("signatures roles"),
               "signatures", "before the review was made");
    }

    void aReviewThatSaysNoGoSaysSo()
    {
        QJsonObject review = QJsonDocument::fromJson(made::reviewJson(m_frozen)).object();
        review.insert(QStringLiteral("decision"), QStringLiteral("NO-GO"));
        const auto v = verifyDocument(signedByAll(review), options());
        expect(*v, 0, {}, "decision", "Everybody approved. The review itself says NO-GO.");
        QVERIFY(v->headline().en.contains(QStringLiteral("NO-GO"))
                && v->headline().ja.contains(QStringLiteral("NO-GO")));
    }

    void aReviewThatContradictsItself_data()
    {
        QTest::addColumn<QString>("decision");
        QTest::addColumn<QByteArray>("items");
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("words"); ///< empty: nothing is wrong
        const QByteArray blocks = R"([{"id":"a.b","blocks":true}])";
        const QByteArray waived =
            R"([{"id":"a.b","waivers":[{"counts":true,"expires":"2027-01-10"},{"counts":false,"expires":"2026-12-01"},)"
            R"({"expires":"2026-12-02"}]}])";
        QTest::newRow("blocked and GO") << "GO" << blocks << 10 << "It decides GO, although a.b stands against it.";
        QTest::newRow("blocked and conditional") << "CONDITIONAL GO" << blocks << 10 << "It decides CONDITIONAL GO";
        QTest::newRow("blocked and NO-GO") << "NO-GO" << blocks << 10 << "";
        QTest::newRow("for ever") << "GO" << QByteArray("[]") << 3661 << "No checklist lets a review hold until";
        QTest::newRow("ten years") << "GO" << QByteArray("[]") << 3660 << "";
        QTest::newRow("beyond a waiver") << "CONDITIONAL GO" << waived << 52 << "stands on a waiver that ends on 2027-01-10";
        QTest::newRow("as long as a waiver") << "CONDITIONAL GO" << waived << 51 << "";
        QTest::newRow("garbage") << "GO" << QByteArray(R"([1,{"blocks":"yes","waivers":7}])") << 10 << "";
    }

    void aReviewThatContradictsItself()
    {
        QFETCH(QString, decision);
        QFETCH(QByteArray, items);
        QFETCH(int, days);
        QFETCH(QString, words);
        Frozen f = m_frozen;
        f.validUntil = f.judgedAt.date().addDays(days);
        QJsonObject review = QJsonDocument::fromJson(made::reviewJson(f)).object();
        review.insert(QStringLiteral("decision"), decision);
        review.insert(QStringLiteral("items"), QJsonDocument::fromJson(items).array());
        const QByteArray signedFile = signedByAll(review, f);
        const auto v = verifyDocument(signedFile, options());
        const auto signable = readSignable(signedFile, QDate(2026, 11, 23));
        if (words.isEmpty()) {
            QCOMPARE(bad(*v), QString());
            QVERIFY2(signable.has_value(), signable ? "" : qPrintable(signable.error().toString(Lang::En)));
            return;
        }
        expect(*v, 1, QStringLiteral("review"), "review", words.toUtf8().constData());
        QVERIFY2(!signable && signable.error().message.en.contains(words),
                 signable ? "" : qPrintable(signable.error().message.en));
    }

    /// Attachments are not packed: they can be edited where they lie, before anybody signs.
    void aReviewEditedInPlace()
    {
        QJsonObject review = QJsonDocument::fromJson(made::reviewJson(m_frozen)).object();
        review.insert(QStringLiteral("decision"), QStringLiteral("NO-GO"));
        const QByteArray honest = bodyOf(review), forged = QByteArray(honest).replace("NO-GO", "GO   ");
        QVERIFY(readSignable(honest, QDate(2026, 11, 23)).has_value());
        QCOMPARE(forged.size(), honest.size());
        const auto refused = readSignable(forged, QDate(2026, 11, 23));
        QVERIFY2(!refused && refused.error().message.en.contains(QStringLiteral("not those the PDF states")),
                 refused ? "" : qPrintable(refused.error().message.en));
        expect(*verifyDocument(signedByAll(forged), options()), 1, QStringLiteral("review"), "review",
               "edited after it was exported");
        // With its checksum mended the pages still name another one.
        const QByteArray json = QJsonDocument(review).toJson();
        const auto paged = [&](const QByteArray &printed) {
            PdfUpdate u(*PdfFile::read(made::page("review.json sha256 " + sha256Hex(printed))));
            return u.attach({{"evidence.sha256", "text/plain", "x", made::evidence},
                             {"review.json", "application/json", "x", json}})
                ? u.save()
                : QByteArray();
        };
        QVERIFY(readSignable(paged(json), QDate(2026, 11, 23)).has_value());
        expect(*verifyDocument(signedByAll(paged(json)), options()), 0, {}, "review", "is the one that was signed");
        const auto other = readSignable(paged("{}"), QDate(2026, 11, 23));
        QVERIFY2(!other && other.error().message.en.contains(QStringLiteral("another than the one attached")),
                 other ? "" : qPrintable(other.error().message.en));
        expect(*verifyDocument(signedByAll(paged("{}")), options()), 1, QStringLiteral("review"), "review",
               "The pages print the digest");
    }

    void itIsForOneServiceAndStage_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<QString>("wrong");
        QTest::addColumn<QString>("words");
        QTest::newRow("not asked") << "" << "" << "" << "";
        QTest::newRow("its own") << "id-auth" << "10%" << "" << "It was signed for stages up to 10%.";
        QTest::newRow("an earlier stage") << "" << "1%" << "" << "It was signed for stages up to 10%.";
        QTest::newRow("a later stage") << "" << "100%" << "stage" << "It was signed for the stage 10%, not for 100%.";
        QTest::newRow("no such stage") << "" << "50%" << "stage" << "not for 50%";
        QTest::newRow("another service") << "pay" << "" << "service" << "";
    }

    void itIsForOneServiceAndStage()
    {
        QFETCH(QString, service);
        QFETCH(QString, stage);
        QFETCH(QString, wrong);
        QFETCH(QString, words);
        QJsonObject review = QJsonDocument::fromJson(made::reviewJson(m_frozen)).object();
        review.insert(QStringLiteral("stages"),
                      QJsonDocument::fromJson(R"([{"id":"1%"},{"id":"10%","applied":true},{"id":"100%"}])").array());
        VerifyOptions o = options();
        o.service = service;
        o.stage = stage;
        const auto v = verifyDocument(signedByAll(review), o);
        QCOMPARE(bad(*v), wrong);
        QVERIFY2(said(*v, "stage").contains(words), qPrintable(said(*v, "stage")));
        QVERIFY(stage.isEmpty() == said(*v, "stage").isEmpty());
        QVERIFY(service != u"pay" || said(*v, "service") == u"The review is of id-auth, not of pay.");
    }

    void theStageThatWasAppliedForIsNamed_data()
    {
        QTest::addColumn<QString>("decision");
        QTest::addColumn<QByteArray>("stages");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QString>("check");
        const QByteArray both = R"([{"id":"1%","title":{"ja":"1 %","en":"1 %"},"decision":"GO","applied":true},
                                    {"id":"100%","title":{"ja":"全部","en":"all"},"decision":"NO-GO"}])";
        QTest::newRow("GO") << "GO" << both << "The sign-off is valid and current: GO for stage 1 %."
                            << "Everybody approved. The review itself says GO for stage 1 %.";
        QTest::newRow("NO-GO") << "NO-GO" << both
                               << "The sign-off is valid and current, but the review itself says NO-GO for "
                                  "stage 1 %."
                               << "Everybody approved. The review itself says NO-GO for stage 1 %.";
        QTest::newRow("of an earlier version")
            << "GO" << QByteArray(R"([{"id":"10%","applied":true}])")
            << "The sign-off is valid and current: GO for stage 10%."
            << "Everybody approved. The review itself says GO for stage 10%.";
        QTest::newRow("no stages") << "GO" << QByteArray("[]") << "The sign-off is valid and current: GO."
                                   << "Everybody approved. The review itself says GO.";
        QTest::newRow("garbage") << "SURE" << QByteArray(R"([1,{"applied":true,"id":7}])")
                                 << "The sign-off is valid and current." << "Everybody approved.";
    }

    void theStageThatWasAppliedForIsNamed()
    {
        QFETCH(QString, decision);
        QFETCH(QByteArray, stages);
        QFETCH(QString, headline);
        QFETCH(QString, check);
        QJsonObject review = QJsonDocument::fromJson(made::reviewJson(m_frozen)).object();
        review.insert(QStringLiteral("decision"), decision);
        review.insert(QStringLiteral("stages"), QJsonDocument::fromJson(stages).array());
        const QByteArray signedFile = signedByAll(review);
        const auto v = verifyDocument(signedFile, options());
        QCOMPARE(v->headline().en, headline);
        QCOMPARE(said(*v, "decision"), check);
        VerifyOptions later = options();
        later.now = later.now.addYears(2);
        const QString then = verifyDocument(signedFile, later)->headline().en;
        QCOMPARE(then.contains(decision + QStringLiteral(" for stage")),
                 headline.contains(u" for stage"));
    }
};

QTEST_GUILESS_MAIN(TestVerifyAttacks)
#include "tst_verifyattacks.moc"

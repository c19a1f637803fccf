// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/verify.h>

#include <evidence/files.h>
#include <evidence/numbers.h>
#include <signoff/verifyparts.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr qint64 clockSlackSeconds = 600;

Text shortList(const QStringList &names)
{
    constexpr qsizetype shown = 20;
    const QString some = names.first(std::min(shown, names.size())).join(QStringLiteral(", "));
    return names.size() <= shown ? sameText(some) : Text{"%1 ほか", "%1 and more"}.arg(some);
}

class Verifier
{
public:
    Verifier(Verification &v, const VerifyOptions &options) : v(v), m_options(options) { }
    void run();

private:
    void readStatements();
    void body();
    void attachments();
    void agreement();
    void signatures();
    void container();
    void outsideGit();
    void add(const char *id, CheckState state, const Text &title, const Text &words)
    {
        v.checks.push_back({QString::fromLatin1(id), state, title, words});
    }
    Text signatureWords(Signing &signing) const;

    Verification &v;
    const VerifyOptions &m_options;
    std::vector<const SignedStatement *> m_files;     ///< beside v.signings
    std::vector<Text> m_unreadable;
    bool m_bodyIsSigned = false;
};

void Verifier::readStatements()
{
    for (const SignedStatement &file : v.container.statements) {
        auto statement = readStatement(file.statement);
        if (!statement) {
            m_unreadable.push_back(statement.error().message);
            continue;
        }
        v.signings.push_back({*std::move(statement), file.stem(), {}, false, false, {}, false});
        m_files.push_back(&file);
    }
}

void Verifier::body()
{
    const Text title{"署名された文書", "The document that was signed"};
    const QByteArray digest = sha256Hex(v.container.body);
    const qint64 length = v.container.body.size();
    if (v.signings.empty())
        return add("body", CheckState::Bad, title,
                   {"この文書には、読める署名がありません。", "No readable sign-off is in this document."});
    const bool same = std::ranges::all_of(v.signings, [&](const Signing &s) {
        const Subject *named = s.statement.find(subject::body);
        return named && named->digest == digest && named->length == length;
    });
    m_bodyIsSigned = same;
    if (same)
        return add("body", CheckState::Ok, title,
                   Text{"最初の %1 バイトは、署名された時のままです。",
                        "Its first %1 bytes are as they were signed."}
                       .arg(formatNumber(double(length))));
    const auto *first = v.signings.front().statement.find(subject::body);
    const bool agree = std::ranges::all_of(v.signings, [&](const Signing &s) {
        const Subject *named = s.statement.find(subject::body);
        return named && first && *named == *first;
    });
    add("body", CheckState::Bad, title,
        agree ? Text{"文書が、署名された後に書き換えられています。",
                     "The document was changed after it was signed."}
              : Text{"署名が、別々の文書に対するものです。", "The signatures are over different documents."});
}

/// What the pages carry along, as signed and as a viewer of the whole file finds it.
void Verifier::attachments()
{
    if (v.signings.empty())
        return;
    for (const auto &[name, title] : {std::pair{subject::review, Text{"レビューの内容", "What the review says"}},
                                      std::pair{subject::evidence, Text{"証拠の一覧", "The list of evidence"}}}) {
        const QByteArray file = name.toLatin1();
        const QByteArray *own = v.container.bodyFile(file), *shown = v.container.shownFile(file);
        const auto isSigned = [&](const QByteArray *bytes) {
            return bytes && !v.signings.empty() && std::ranges::all_of(v.signings, [&](const Signing &s) {
                const Subject *named = s.statement.find(name);
                return named && named->digest == sha256Hex(*bytes);
            });
        };
        const char *id = name == subject::review ? "review" : "evidence";
        if (!isSigned(own))
            add(id, CheckState::Bad, title,
                Text{"%1 が署名されたものと違います。", "%1 is not the one that was signed."}.arg(name));
        else if (!isSigned(shown))
            add(id, CheckState::Bad, title,
                Text{"添付の %1 が、署名の後に差し替えられています。",
                     "The attached %1 was swapped after signing."}
                    .arg(name));
        else if (const Text wrong = // a body that nobody signed is not looked into
                 name == subject::review && m_bodyIsSigned && v.frozen
                     ? wrongWithReview(v.container, *own, *v.frozen)
                     : Text();
                 !wrong.isEmpty())
            add(id, CheckState::Bad, title, wrong);
        else
            add(id, CheckState::Ok, title,
                Text{"%1 は署名されたものです。", "%1 is the one that was signed."}.arg(name));
    }
}

/// Statements repeat what the review says of itself: one that says otherwise was not made for it.
void Verifier::agreement()
{
    const Text title{"陳述とレビューの一致", "Statements and review"};
    if (!v.frozen)
        return add(
            "statements", CheckState::Bad, title,
            {"review.json に、署名の対象が書かれていません。", "review.json does not say what is signed."});
    const Frozen &f = *v.frozen;
    QStringList ja, en;
    for (size_t i = 0; i < v.signings.size(); ++i) {
        const Statement &s = v.signings[i].statement;
        const Subject *commit = s.find(subject::commit), *box = s.find(subject::box);
        const bool files = std::ranges::all_of(
            f.checklists, [&](const Subject &c) { return s.find(c.name) && *s.find(c.name) == c; });
        const bool same = s.reviewId == f.reviewId && s.service == f.service && s.version == f.version
            && s.validUntil == f.validUntil && (commit ? commit->digest : QByteArray()) == f.commit && files;
        const bool drawn = box && box->digest == sha256Hex(m_files[i]->box);
        if (!same || !drawn) {
            ja << s.identity + (same ? QStringLiteral("(枠の絵が別)") : QString());
            en << s.identity + (same ? QStringLiteral(" (its box is another one)") : QString());
        }
    }
    for (const Text &why : m_unreadable) {
        ja << why.ja;
        en << why.en;
    }
    if (v.signings.empty() && m_unreadable.empty())
        return;
    if (!f.uncommitted.isEmpty())
        add("statements", CheckState::Bad, title,
            {"コミットと異なるファイルを残したまま署名されています。",
             "It was signed although files differed from the commit."});
    else if (!ja.isEmpty())
        add("statements", CheckState::Bad, title,
            Text{"レビューと合わない陳述があります: %1", "A statement does not fit the review: %1"}.arg(
                Text{ja.join(QStringLiteral("、")), en.join(QStringLiteral(", "))}));
    else
        add("statements", CheckState::Ok, title,
            Text{"%1 %2、%3 まで有効と、全員が述べています。", "All say: %1 %2, valid until %3."}.arg(
                f.service, f.version, f.validUntil.toString(Qt::ISODate)));
}

/// Said by whoever exported the document: nobody can look such a file up later.
void Verifier::outsideGit()
{
    if (!v.frozen || v.frozen->outsideGit.isEmpty())
        return;
    add("outside", CheckState::NotAsked, {"git の外の証拠", "Evidence outside git"},
        Text{"文書によれば、%1 ファイルが git の外にあります: %2",
             "Outside git, as the document says (%1): %2"}
            .arg(v.frozen->outsideGit.size(), shortList(v.frozen->outsideGit)));
}

Text Verifier::signatureWords(Signing &s) const
{
    if (s.signature.state != SignatureVerdict::State::Good)
        return s.signature.words;
    if (s.signature.fingerprint != s.statement.keyFingerprint)
        return {"陳述の述べる鍵とは別の鍵で署名されています。", "Another key than the statement names has signed."};
    if (s.statement.signedAt > m_options.now.addSecs(clockSlackSeconds))
        return {"署名の日時が未来です。", "It says it was signed in the future."};
    // A key that has expired since could be made to look good by an earlier date; not by one before the
    // review.
    if (v.frozen && s.statement.signedAt.addSecs(clockSlackSeconds) < v.frozen->judgedAt)
        return {"署名の日時が、評価より前です。", "It says it was signed before the review was made."};
    s.counts = s.known = true;
    return s.signature.words;
}

void Verifier::signatures()
{
    QStringList ja, en;
    for (size_t i = 0; i < v.signings.size(); ++i) {
        Signing &s = v.signings[i];
        s.signature = m_options.signature
            ? m_options.signature(*m_files[i], s.statement, m_options.policy.trust)
            : sshVerify(m_files[i]->statement, m_files[i]->signature, s.statement.identity,
                        s.statement.signedAt, m_options.policy.trust);
        s.words = signatureWords(s);
        if (s.counts)
            continue;
        ja << QStringLiteral("%1: %2").arg(s.statement.identity, s.words.ja);
        en << QStringLiteral("%1: %2").arg(s.statement.identity, s.words.en);
    }
    const Text title{"署名", "Signatures"};
    if (v.signings.empty())
        add("signatures", CheckState::Bad, title, {"署名がありません。", "There is no signature."});
    else if (!ja.isEmpty())
        add("signatures", CheckState::Bad, title, {ja.join(u' '), en.join(u' ')});
    else
        add("signatures", CheckState::Ok, title,
            Text{"%1 件とも、知っている人の鍵によるものです。", "All %1 are by known people's keys."}.arg(
                int(v.signings.size())));
}

void Verifier::container()
{
    const Text title{"署名の後に加わったもの", "What was appended"};
    if (v.signings.empty())
        return;
    if (!v.container.shownReadable)
        return add("container", CheckState::Changed, title,
                   {"署名の後に、Tenken "
                    "の書かない形で何かが加えられています。見える紙面は署名されたものと違うかもしれません。",
                    "Something was appended after the sign-off, in a form Tenken does not write. The pages a "
                    "viewer shows may differ from what was signed."});
    if (v.container.altered)
        return add(
            "container", CheckState::Changed, title,
            {"署名の後に、署名でないものが加えられています。見える紙面は署名されたものと違うかもしれません。",
             "Something that is no sign-off was appended. The pages a viewer shows may differ from what was "
             "signed."});
    add("container", CheckState::Ok, title, {"署名のほかには何も加わっていません。", "Nothing but the sign-off was appended."});
}

void Verifier::run()
{
    readStatements();
    if (const QByteArray *review = v.container.bodyFile("review.json")) {
        if (auto frozen = readFrozen(*review))
            v.frozen = *std::move(frozen);
        v.says = readReviewSays(*review);
    }
    body();
    attachments();
    agreement();
    outsideGit();
    signatures();
    container();
    checkPolicy(v, m_options);
    checkVersion(v, m_options);
    checkService(v, m_options);
    checkStage(v, m_options);
    checkValidity(v, m_options);
    checkRepository(v, m_options);
    checkSealing(v, m_options);
}

} // namespace

CheckState Verification::state() const
{
    for (const CheckState worst : {CheckState::Bad, CheckState::Changed}) {
        if (std::ranges::contains(checks, worst, &Check::state))
            return worst;
    }
    return CheckState::Ok;
}

int Verification::exitCode() const
{
    return state() == CheckState::Bad ? 1 : state() == CheckState::Changed ? 3 : 0;
}

Text Verification::headline() const
{
    const bool partly = std::ranges::any_of(
        checks, [](const Check &c) { return c.id == u"repository" && c.state == CheckState::NotAsked; });
    if (state() == CheckState::Ok && partly && !files.empty())
        return Text{"有効な署名です(%1)。ただし、証拠の一部は比べていません。",
                    "The sign-off is valid (%1), but some of the evidence was not compared."}
            .arg(says.ruling().isEmpty() ? sameText(QStringLiteral("–")) : says.ruling());
    if (state() == CheckState::Ok && says.saysNoGo())
        return Text{"有効な署名ですが、レビューの判定は %1 です。",
                    "The sign-off is valid and current, but the review itself says %1."}
            .arg(says.ruling());
    const Text ruling = says.ruling();
    if (state() == CheckState::Ok)
        return ruling.isEmpty()
            ? Text{"有効で、いまも当てはまる署名です。", "The sign-off is valid and current."}
            : Text{"有効で、いまも当てはまる署名です: %1。", "The sign-off is valid and current: %1."}.arg(ruling);
    if (state() == CheckState::Changed)
        return ruling.isEmpty()
            ? Text{"署名は有効ですが、その後に変わったことがあります。",
                   "The sign-off is valid, but things have changed since."}
            : Text{"署名は有効ですが(%1)、その後に変わったことがあります。",
                   "The sign-off is valid (%1), but things have changed since."}
                  .arg(ruling);
    return signings.empty() ? Text{"署名のない文書です。", "The document is not signed."}
                            : Text{"有効な署名ではありません。", "The sign-off is not valid."};
}

Result<Verification> verifyDocument(const QByteArray &file, const VerifyOptions &options)
{
    auto container = readContainer(file);
    if (!container)
        return failure(container.error());
    Verification v;
    v.container = *std::move(container);
    Verifier(v, options).run();
    return v;
}

} // namespace tenken

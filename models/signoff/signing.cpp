// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/signing.h>

#include <evidence/files.h>

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>

#include <algorithm>

namespace tenken {

namespace {

std::unexpected<Problem> refused(const Text &why, const Text &hint = {})
{
    return failure({{}, {}, why, hint});
}

/// Those that counted on the day of the review. Documents of earlier versions do not say so: there, those
/// that had not ended.
int waiversIn(const QByteArray &reviewJson, const QDate &day)
{
    int count = 0;
    const QJsonArray items = QJsonDocument::fromJson(reviewJson).object()[u"items"].toArray();
    for (const QJsonValue &item : items) {
        for (const QJsonValue &waiver : item[u"waivers"].toArray())
            count += waiver[u"counts"].toBool(
                QDate::fromString(waiver[u"expires"].toString(), Qt::ISODate) >= day);
    }
    return count;
}

Lang languageOf(const QByteArray &body)
{
    const auto file = PdfFile::read(body);
    const auto catalog = file ? file->catalog() : Result<PdfValue>(failure(file.error()));
    const PdfValue *lang = catalog ? catalog->find("Lang") : nullptr;
    return lang && lang->string() == "ja" ? Lang::Ja : Lang::En;
}

bool isOverBody(const SignedStatement &s, const QByteArray &body)
{
    const auto statement = readStatement(s.statement);
    const Subject *named = statement ? statement->find(subject::body) : nullptr;
    return named && named->length == body.size() && named->digest == sha256Hex(body);
}

Result<void> mayBeSigned(const SignedDocument &c)
{
    if (!std::ranges::all_of(c.statements, [&](const SignedStatement &s) { return isOverBody(s, c.body); }))
        return refused(
            {"文書が、署名された後に書き換えられています。", "The document was changed after it was signed."},
            {"`tenken verify` で確かめてください。", "See `tenken verify`."});
    if (c.altered)
        return refused({"署名の後に、署名でないものが加えられています。",
                        "Something that is no sign-off was appended after the signatures."},
                       {"書き出したままの文書に署名してください。", "Sign the document as it was exported."});
    if (c.seal)
        return failure(alreadySealed());
    return {};
}

Text howToCommit(const Frozen &frozen)
{
    if (!frozen.changed.isEmpty())
        return {"git にあるファイルは、コミットして書き出し直してください(--outside-git にはできません)。",
                "Commit those that git has and export again; --outside-git is not for them."};
    return {"コミットして書き出し直すか、git の外にあると `tenken export --outside-git PATH` で明示してください。",
            "Commit them and export again, or say with `tenken export --outside-git PATH` that they are outside "
            "git."};
}

Text listOf(const QStringList &files)
{
    const QString some = files.mid(0, 5).join(QStringLiteral(", "));
    return files.size() <= 5 ? sameText(some)
                             : Text{"%1 など %2 ファイル", "%1 and others, %2 files"}.arg(some, files.size());
}

} // namespace

Text Signable::titleOf(const QString &role) const
{
    const SignOffRole *known = frozen.rule.role(role);
    return known && !known->title.isEmpty() ? known->title : sameText(role);
}

Result<QByteArray> readDocument(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile())
        return failure({path, {}, {"ファイルがありません。", "There is no such file."}, {}});
    if (file.size() > largestPdf || !file.open(QIODevice::ReadOnly))
        return failure({path, {}, {"読めないか、大きすぎます。", "It cannot be read, or is too large."}, {}});
    return file.readAll();
}

Result<void> mayBeReplaced(const QString &target)
{
    const auto there = readDocument(target);
    const auto container = there ? readContainer(*there) : Result<SignedDocument>(failure(there.error()));
    if (!container || (container->statements.empty() && !container->seal))
        return {};
    return failure({target,
                    {},
                    {"署名のある文書です。上書きすると、その署名が失われます。",
                     "This document carries signatures; writing over it would lose them."},
                    {"別の名前で書き出してください。", "Write to another name."}});
}

Result<Signable> readSignable(const QByteArray &file, const QDate &today)
{
    auto container = readContainer(file);
    if (!container)
        return failure(container.error());
    if (const auto may = mayBeSigned(*container); !may)
        return failure(may.error());
    const QByteArray *review = container->bodyFile("review.json");
    auto frozen = readFrozen(review ? *review : QByteArray());
    if (!frozen)
        return failure(frozen.error());
    if (const Text wrong = wrongWithReview(*container, *review, *frozen); !wrong.isEmpty())
        return refused(wrong, {"書き出し直してください。", "Export it again."});
    if (!frozen->uncommitted.isEmpty())
        return refused(Text{"コミットと異なるファイルがあるので、署名できません: %1",
                            "Files differ from the commit, so it cannot be signed: %1"}
                           .arg(listOf(frozen->uncommitted)),
                       howToCommit(*frozen));
    if (frozen->judgedAt.date() > today.addDays(1))
        return refused(Text{"評価の日 %1 が未来です。", "It was judged on %1, which is yet to come."}.arg(
                           frozen->judgedAt.date().toString(Qt::ISODate)),
                       {"評価し直して書き出してください。", "Judge and export it again."});
    if (today > frozen->validUntil)
        return refused(Text{"有効期限 %1 が過ぎています(%2)。", "Its validity ended on %1 (%2)."}.arg(
                           frozen->validUntil.toString(Qt::ISODate), frozen->validBecause),
                       {"評価し直して書き出してください。", "Judge and export it again."});
    Signable document{file, *std::move(container), *std::move(frozen), Lang::En, 0, {{}, {}, {}}};
    document.lang = languageOf(document.container.body);
    const QByteArray bytes = *document.container.bodyFile("review.json");
    document.waivers = waiversIn(bytes, document.frozen.judgedAt.date());
    document.says = readReviewSays(bytes);
    return document;
}

std::optional<SignDecision> usualDecision(const Signable &document)
{
    if (document.saysNoGo())
        return {};
    return document.waivers > 0 ? SignDecision::ApprovedWithWaivers : SignDecision::Approved;
}

Result<Statement> statementFor(const Signable &document, const SignRequest &request, const QDateTime &now)
{
    const Frozen &f = document.frozen;
    const bool known =
        f.rule.role(request.role) || (request.policy && request.policy->rule.role(request.role));
    if (!isRoleName(request.role) || !known) {
        QStringList roles;
        for (const SignOffRole &role : f.rule.roles)
            roles << role.role;
        const Text list = Text{"役割: %1", "Roles: %1"}.arg(roles.join(QStringLiteral(", ")));
        const Text byPolicy{"。検証する側の求める役割は、--policy で方針のファイルを渡せば使えます",
                            "; a role that whoever verifies asks for takes their policy file, --policy"};
        return refused(
            Text{"このレビューに「%1」という役割はありません。", "This review has no role \"%1\"."}.arg(request.role),
            request.policy ? list : Text{list.ja + byPolicy.ja, list.en + byPolicy.en});
    }
    if (!isIdentity(request.identity))
        return refused(Text{"署名者の名前「%1」は使えません。", "\"%1\" cannot be a signer's identity."}.arg(
                           request.identity),
                       {"鍵の一覧にある名前(sato@example.com など)を書いてください。",
                        "Give the name that stands in lists of allowed signers, such as sato@example.com."});
    const QByteArray &body = document.container.body;
    const QByteArray *evidence = document.container.bodyFile("evidence.sha256");
    if (!evidence)
        return refused({"証拠の一覧がありません。", "The list of evidence is missing."});
    Statement s;
    s.subjects = {{subject::body, sha256Hex(body), QStringLiteral("sha256"), body.size()},
                  {subject::review, sha256Hex(*document.container.bodyFile("review.json"))},
                  {subject::evidence, sha256Hex(*evidence)}};
    if (!f.commit.isEmpty())
        s.subjects.push_back({subject::commit, f.commit, QStringLiteral("gitCommit")});
    s.subjects.insert(s.subjects.end(), f.checklists.begin(), f.checklists.end());
    if (request.policy && !request.policy->file.isEmpty())
        s.subjects.push_back({subject::policy, request.policy->digest});
    s.reviewId = f.reviewId;
    s.service = f.service;
    s.version = f.version;
    s.decision = request.decision;
    s.role = request.role;
    s.identity = request.identity;
    s.name = request.name.simplified().left(200);
    s.keyFingerprint = request.key.fingerprint;
    s.signedAt = QDateTime::fromSecsSinceEpoch(now.toSecsSinceEpoch()).toUTC();
    s.validUntil = f.validUntil;
    return s;
}

Result<SignedStatement> unsignedStatement(const Signable &document, const SignRequest &request,
                                          const QDateTime &now, const BoxPainter &draw)
{
    auto statement = statementFor(document, request, now);
    if (!statement)
        return failure(statement.error());
    SignedStatement result;
    result.box =
        draw(*statement, document.titleOf(request.role), document.says.ruling(), document.lang);
    statement->subjects.push_back({subject::box, sha256Hex(result.box)});
    result.statement = statementBytes(*statement);
    // What cannot be read back, nobody could verify.
    if (const auto read = readStatement(result.statement); !read)
        return failure(read.error());
    return result;
}

Result<SignedStatement> withSignature(SignedStatement result, const SignRequest &request)
{
    auto signature = sshSign(request.key, result.statement, request.asking);
    if (!signature)
        return failure(signature.error());
    result.signature = *std::move(signature);
    const auto seen =
        sshVerify(result.statement, result.signature, request.identity, QDateTime::currentDateTimeUtc(), {});
    if (seen.state != SignatureVerdict::State::Untold || seen.fingerprint != request.key.fingerprint)
        return refused(Text{"できた署名を確かめられませんでした。%1",
                            "The signature that came could not be verified. %1"}
                           .arg(seen.words));
    return result;
}

namespace {

Result<QByteArray> writeAll(const QString &target, const QByteArray &document)
{
    const QString path = QFileInfo(target).absoluteFilePath();
    QLockFile lock(path + QStringLiteral(".lock"));
    lock.setStaleLockTime(60'000);
    if (!lock.tryLock(30'000))
        return failure({target, {}, {"ほかのプロセスが書いています。", "Another process is writing it."}, {}});
    // What came there meanwhile is kept.
    Result<QByteArray> bytes = document;
    if (QFileInfo::exists(path)) {
        const auto there = readDocument(path);
        if (!there)
            return there;
        bytes = mergedDocuments(*there, document);
    }
    if (!bytes) {
        Problem problem = bytes.error();
        problem.file = target;
        return failure(problem);
    }
    if (const auto written = writeAtomically(path, *bytes); !written)
        return failure(written.error());
    return bytes;
}

} // namespace

Result<QByteArray> addSignature(const QString &target, const Signable &document, const SignedStatement &added)
{
    auto statements = document.container.statements;
    statements.push_back(added);
    const auto bytes = assemble(document.container.body, std::move(statements));
    return bytes ? writeAll(target, *bytes) : bytes;
}

Result<QByteArray> writeMerged(const QString &one, const QString &other, const QString &target)
{
    const auto first = readDocument(one), second = readDocument(other);
    if (!first || !second)
        return first ? second : first;
    const auto bytes = mergedDocuments(*first, *second);
    return bytes ? writeAll(target, *bytes) : bytes;
}

} // namespace tenken

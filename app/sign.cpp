// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <document/signoffbox.h>
#include <evidence/git.h>
#include <signoff/signing.h>
#include <signoff/verify.h>

#include <QDir>

#include <unistd.h>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption(
        {QStringLiteral("role"),
         QStringLiteral("The role you sign in, as the review names it: owner, reviewer, approver …"),
         QStringLiteral("ROLE")});
    parser.addOption({QStringLiteral("identity"),
                      QStringLiteral("Your name in lists of allowed signers (default: git's user.email)."),
                      QStringLiteral("NAME")});
    parser.addOption({QStringLiteral("name"),
                      QStringLiteral("Your name as it is printed (default: git's user.name)."),
                      QStringLiteral("NAME")});
    parser.addOption({QStringLiteral("key"),
                      QStringLiteral("Private key file, or the public one of a key in the agent or of a FIDO "
                                     "key (default: the only key in the agent or in ~/.ssh)."),
                      QStringLiteral("KEYFILE")});
    parser.addOption({QStringLiteral("decision"),
                      QStringLiteral("approve, reject or approve-with-waivers (default: approve; with "
                                     "waivers where the review stands on some; none where the review "
                                     "says NO-GO: say it then)."),
                      QStringLiteral("DECISION")});
    parser.addOption(
        {QStringLiteral("policy"),
         QStringLiteral("A policy whose roles count too; its digest is signed with the document."),
         QStringLiteral("FILE")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      QStringLiteral("Where to write (default: the file itself)."),
                      QStringLiteral("OUT")});
    parser.addOption(
        {QStringLiteral("merge"),
         QStringLiteral(
             "Bring together the signatures of two copies: tenken sign --merge A.pdf B.pdf -o OUT.pdf")});
}

/// Titles and names come out of the document: they may not move a cursor.
void print(const QString &text) { out() << maskSecrets(visible(text)) << Qt::endl; }

int fail(const Problem &problem, Lang lang)
{
    complain(problem, lang);
    return WrongUse;
}

QString gitSays(const char *key)
{
    const auto said = askGit(QDir::currentPath(),
                             {QStringLiteral("config"), QStringLiteral("--get"), QLatin1StringView(key)});
    return said ? QString::fromUtf8(*said).trimmed() : QString();
}

Result<SshKey> keyOf(const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("key")))
        return sshKeyOf(parser.value(QStringLiteral("key")));
    const auto keys = sshKeysAtHand();
    if (keys.size() == 1)
        return keys.front();
    return failure({{},
                    {},
                    keys.empty() ? Text{"署名に使う鍵がありません。", "There is no key to sign with."}
                                 : Text{"鍵がいくつもあります。", "There are several keys."},
                    {"--key で鍵のファイルを指してください。`ssh-keygen -t ed25519` で作れます。",
                     "Name its file with --key; `ssh-keygen -t ed25519` makes one."}});
}

int merge(const QCommandLineParser &parser, Lang lang)
{
    const QStringList files = parser.positionalArguments();
    const QString target = parser.value(QStringLiteral("output"));
    if (files.size() != 2 || target.isEmpty())
        return wrongUse({"使い方: tenken sign --merge A.pdf B.pdf -o OUT.pdf",
                         "usage: tenken sign --merge A.pdf B.pdf -o OUT.pdf"},
                        lang);
    const auto written = writeMerged(files[0], files[1], target);
    if (!written)
        return fail(written.error(), lang);
    const auto container = readContainer(*written);
    print(Text{"%1 に %2 件の署名をまとめました。", "%2 signatures are together in %1."}
              .arg(target, container ? int(container->statements.size()) : 0)
              .in(lang));
    return Ok;
}

/// Roles that nobody has signed in yet: what comes next.
void tellMissing(const QByteArray &bytes, const Signable &document, Lang lang)
{
    const auto container = readContainer(bytes);
    QStringList missing;
    for (const SignOffRole &role : document.frozen.rule.roles) {
        int signings = 0;
        for (const SignedStatement &s : container ? container->statements : std::vector<SignedStatement>()) {
            const auto statement = readStatement(s.statement);
            signings += statement && statement->role == role.role;
        }
        if (signings < role.people)
            missing << document.titleOf(role.role).in(lang);
    }
    if (!missing.isEmpty())
        print(Text{"まだ署名していない役割: %1", "Still to sign: %1"}
                  .arg(missing.join(Text{"、", ", "}.in(lang)))
                  .in(lang));
}

/// What is about to be signed, as machines will read it: the pages have to say the same.
void tellWhat(const Signable &document, Lang lang)
{
    const Frozen &f = document.frozen;
    const Text ruling = document.says.ruling();
    const QString words = Text{"%1 %2 の判定は %3、%4 まで有効(%5)。", "%1 %2: %3, valid until %4 (%5)."}
                              .arg(f.service, f.version,
                                   ruling.isEmpty() ? Text{"記載なし", "no decision"} : ruling,
                                   f.validUntil.toString(Qt::ISODate), f.validBecause)
                              .in(lang);
    err() << "tenken: " << maskSecrets(visible(words)) << Qt::endl;
}

void tellBefore(const Signable &document, const SignRequest &request, Lang lang)
{
    if (document.saysNoGo() && request.decision != SignDecision::Rejected)
        err() << Text{"tenken: このレビューの判定は NO-GO です。", "tenken: The review itself says NO-GO."}
                     .in(lang)
              << Qt::endl;
    if (request.key.type.endsWith(u"-SK"))
        err() << Text{"tenken: 鍵の装置が光ったら、触れてください。", "tenken: Touch the key when it blinks."}
                     .in(lang)
              << Qt::endl;
    if (document.waivers > 0 && request.decision == SignDecision::Approved)
        err() << Text{"tenken: このレビューには免除が %1 件あります。",
                      document.waivers == 1 ? QStringLiteral("tenken: The review stands on %1 waiver.")
                                            : QStringLiteral("tenken: The review stands on %1 waivers.")}
                     .arg(document.waivers)
                     .in(lang)
              << Qt::endl;
}

Result<SignRequest> requestOf(const QCommandLineParser &parser, const Signable &document)
{
    SignRequest request;
    request.role = parser.value(QStringLiteral("role"));
    request.identity = parser.isSet(QStringLiteral("identity")) ? parser.value(QStringLiteral("identity"))
                                                                : gitSays("user.email");
    request.name =
        parser.isSet(QStringLiteral("name")) ? parser.value(QStringLiteral("name")) : gitSays("user.name");
    request.asking = ::isatty(STDERR_FILENO) ? Asking::Terminal : Asking::Askpass;
    if (parser.isSet(QStringLiteral("decision"))) {
        const QString word = parser.value(QStringLiteral("decision"));
        const auto decision = signDecisionFromString(word);
        if (!decision)
            return failure(
                {{},
                 {},
                 Text{"--decision に「%1」は使えません。", "--decision cannot be \"%1\"."}.arg(word),
                 sameText(QStringLiteral("approve, reject, approve-with-waivers"))});
        request.decision = *decision;
    } else if (const auto usual = usualDecision(document)) {
        request.decision = *usual;
    } else {
        return failure({{},
                        {},
                        {"このレビューの判定は NO-GO です。判断を明示してください。",
                         "The review itself says NO-GO: say what you decide."},
                        {"--decision reject(差し戻す)か、--decision approve(それでも承認する)を付けてください。",
                         "Add --decision reject, or --decision approve to approve it nevertheless."}});
    }
    if (parser.isSet(QStringLiteral("policy"))) {
        auto policy = readPolicy(parser.value(QStringLiteral("policy")));
        if (!policy)
            return failure(policy.error());
        request.policy = *std::move(policy);
    }
    const auto key = keyOf(parser);
    if (!key)
        return failure(key.error());
    request.key = *key;
    return request;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    if (parser.isSet(QStringLiteral("merge")))
        return merge(parser, lang);
    const QStringList arguments = parser.positionalArguments();
    if (arguments.size() != 1 || !parser.isSet(QStringLiteral("role")))
        return wrongUse({"使い方: tenken sign FILE.pdf --role ROLE [--identity NAME] [--key KEYFILE]",
                         "usage: tenken sign FILE.pdf --role ROLE [--identity NAME] [--key KEYFILE]"}, lang);
    const QString source = arguments.first(),
                  target = parser.isSet(QStringLiteral("output")) ? parser.value(QStringLiteral("output"))
                                                                  : source;
    const auto bytes = readDocument(source);
    if (!bytes)
        return fail(bytes.error(), lang);
    const auto document = readSignable(*bytes, QDate::currentDate());
    if (!document)
        return fail(document.error(), lang);
    const auto request = requestOf(parser, *document);
    if (!request)
        return fail(request.error(), lang);
    tellWhat(*document, lang);
    tellBefore(*document, *request, lang);
    const auto drawn =
        unsignedStatement(*document, *request, QDateTime::currentDateTimeUtc(), renderSignatureBox);
    const auto added = drawn ? withSignature(*drawn, *request) : drawn;
    if (!added)
        return fail(added.error(), lang);
    const auto written = addSignature(target, *document, *added);
    if (!written)
        return fail(written.error(), lang);
    print(Text{"%1 に「%2」として署名しました(%3、%4)。", "Signed %1 as %2 (%3, %4)."}
              .arg(target, document->titleOf(request->role), label(request->decision),
                   request->key.fingerprint)
              .in(lang));
    tellMissing(*written, *document, lang);
    return Ok;
}

} // namespace

const Command &signCommand()
{
    static const Command command{
        "sign",
        "sign FILE.pdf --role ROLE [--identity NAME] [--key KEYFILE] [--decision "
        "approve|reject|approve-with-waivers] [-o OUT.pdf] | --merge A.pdf B.pdf -o OUT.pdf",
        {"書き出した文書に SSH の鍵で署名します。", "Sign an exported document with an SSH key."},
        "  tenken sign review.pdf --role reviewer --identity sato@example.com --key ~/.ssh/id_ed25519\n",
        true,
        addOptions,
        run};
    return command;
}

} // namespace tenken::app

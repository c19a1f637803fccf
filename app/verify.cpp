// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <evidence/evidence.h>
#include <signoff/signing.h>
#include <signoff/verify.h>

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("allowed-signers"),
                      QStringLiteral("Whose keys you trust, in OpenSSH's form (default: the policy's, else "
                                     "~/.config/tenken/allowed_signers)."),
                      QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("revoked-keys"),
                      QStringLiteral("Keys that count no more: a KRL, or public keys (default: the policy's, "
                                     "else ~/.config/tenken/revoked_keys)."),
                      QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("policy"),
                      QStringLiteral("Roles, people and who may sign (default: "
                                     "~/.config/tenken/signoff-policy.yaml, else Tenken's own roles)."),
                      QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("repo"),
                      QStringLiteral("The service's folder: has the evidence changed since?"),
                      QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("for-version"),
                      QStringLiteral("The version that is to be released: was this review signed for it?"),
                      QStringLiteral("VERSION")});
    parser.addOption({QStringLiteral("for-service"),
                      QStringLiteral("The id of the service that is to be released: is this review of it?"),
                      QStringLiteral("ID")});
    parser.addOption({QStringLiteral("for-stage"),
                      QStringLiteral("The roll-out stage that is to be entered, by its id: was this review "
                                     "signed for it, or for a later one?"),
                      QStringLiteral("STAGE")});
    parser.addOption({QStringLiteral("seal-ca"),
                      QStringLiteral("Whose certificates you trust for seals, in PEM; a seal is asked for "
                                     "then (default: the policy's)."),
                      QStringLiteral("FILE")});
    parser.addOption(
        {QStringLiteral("tsa-ca"), QStringLiteral("The same for their timestamps."), QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("format"), QStringLiteral("text or json (default: text)."),
                      QStringLiteral("FORMAT"), QStringLiteral("text")});
    parser.addOption({QStringLiteral("body"),
                      QStringLiteral("Also write the body, as it was signed, to this file."),
                      QStringLiteral("FILE.pdf")});
    parser.addOption(todayOption());
}

QChar markOf(CheckState state)
{
    switch (state) {
    case CheckState::Ok:
        return u'✓';
    case CheckState::Bad:
        return u'✗';
    case CheckState::Changed:
        return u'!';
    case CheckState::NotAsked:
        break;
    }
    return u'–';
}

const char *wordOf(CheckState state)
{
    switch (state) {
    case CheckState::Ok:
        return "ok";
    case CheckState::Bad:
        return "bad";
    case CheckState::Changed:
        return "changed";
    case CheckState::NotAsked:
        break;
    }
    return "not-asked";
}

const char *wordOf(EvidenceFile::State state)
{
    constexpr std::array words{"same", "changed", "removed", "added", "unreadable", "elsewhere"};
    return words[size_t(state)];
}

QString nameOf(const Statement &s)
{
    return s.name.isEmpty() ? s.identity : QStringLiteral("%1 <%2>").arg(s.name, s.identity);
}

/// Which questions were asked: a policy knows roles and days, not these.
Text checklistLine(const Verification &v)
{
    QStringList files;
    for (const Subject &file : v.frozen->checklists)
        files << QStringLiteral("%1 sha256 %2").arg(file.name, QString::fromLatin1(file.digest));
    return Text{"  チェックリスト %1 %2 · %3", "  Checklist %1 %2 · %3"}.arg(
        v.says.checklistId, v.says.checklistVersion, files.join(QStringLiteral(", ")));
}

QJsonObject checklistObject(const Verification &v)
{
    QJsonArray files;
    for (const Subject &file : v.frozen->checklists)
        files.append(QJsonObject{{"name", file.name}, {"sha256", QString::fromLatin1(file.digest)}});
    return {{"id", v.says.checklistId}, {"version", v.says.checklistVersion}, {"files", files}};
}

void printText(const QString &file, const Verification &v, Lang lang)
{
    const auto line = [&](const QString &text) { out() << maskSecrets(visible(text)) << "\n"; };
    line(file);
    if (v.frozen)
        line(QStringLiteral("  %1 · %2 %3%4")
                 .arg(v.frozen->reviewId, v.frozen->service, v.frozen->version,
                      v.says.ruling().isEmpty() ? QString() : QStringLiteral(" · ") + v.says.ruling().in(lang)));
    if (v.frozen)
        line(checklistLine(v).in(lang));
    for (const Check &check : v.checks)
        line(QStringLiteral("%1 %2: %3")
                 .arg(markOf(check.state))
                 .arg(check.title.in(lang), check.words.in(lang)));
    for (const Signing &s : v.signings) {
        line(QStringLiteral("  %1 %2 · %3 · %4 · %5")
                 .arg(QChar(s.counts ? u'✓' : s.superseded ? u'–' : u'✗'))
                 .arg(s.statement.role, nameOf(s.statement), label(s.statement.decision).in(lang),
                      s.statement.signedAt.toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"))));
        line(
            QStringLiteral("      %1 %2")
                .arg(s.signature.fingerprint.isEmpty() ? s.statement.keyFingerprint : s.signature.fingerprint,
                     s.words.in(lang)));
    }
    for (const EvidenceFile &f : v.files) {
        if (f.state != EvidenceFile::State::Same)
            line(QStringLiteral("  %1: %2").arg(f.path, f.words.in(lang)));
    }
    line(v.headline().in(lang));
    out() << Qt::flush;
}

QJsonObject both(const Text &text) { return {{"ja", maskSecrets(text.ja)}, {"en", maskSecrets(text.en)}}; }

QJsonObject signingObject(const Signing &s)
{
    return {{"role", s.statement.role},
            {"identity", s.statement.identity},
            {"name", s.statement.name},
            {"decision", toString(s.statement.decision)},
            {"signedAt", s.statement.signedAt.toString(Qt::ISODate)},
            {"keyFingerprint", s.signature.fingerprint},
            {"counts", s.counts},
            {"superseded", s.superseded},
            {"words", both(s.words)}};
}

QJsonObject stageObject(const Verification &v) { return {{"id", v.says.stage}, {"title", both(v.says.stageTitle)}}; }

void printJson(const QString &file, const Verification &v)
{
    QJsonArray checks, signings, evidence;
    for (const Check &check : v.checks)
        checks.append(QJsonObject{{"id", check.id},
                                  {"state", wordOf(check.state)},
                                  {"title", both(check.title)},
                                  {"words", both(check.words)}});
    for (const Signing &s : v.signings)
        signings.append(signingObject(s));
    for (const EvidenceFile &f : v.files)
        evidence.append(QJsonObject{{"path", f.path}, {"state", wordOf(f.state)}, {"words", both(f.words)}});
    QJsonObject root{{"format", "tenken.verify/1"},
                     {"file", file},
                     {"exit", v.exitCode()},
                     {"headline", both(v.headline())},
                     {"state",
                      v.state() == CheckState::Ok            ? "valid"
                          : v.state() == CheckState::Changed ? "changed"
                                                             : "invalid"},
                     {"bodyBytes", v.container.body.size()},
                     {"checks", checks},
                     {"signatures", signings},
                     {"evidence", evidence}};
    if (v.frozen)
        root.insert(QStringLiteral("review"),
                    QJsonObject{{"id", v.frozen->reviewId},
                                {"service", v.frozen->service},
                                {"version", v.frozen->version},
                                {"commit", QString::fromLatin1(v.frozen->commit)},
                                {"checklist", checklistObject(v)},
                                {"outsideGit", QJsonArray::fromStringList(v.frozen->outsideGit)},
                                {"decision", v.says.decision},
                                {"stage", v.says.stage.isEmpty() ? QJsonValue() : QJsonValue(stageObject(v))},
                                {"validUntil", v.frozen->validUntil.toString(Qt::ISODate)}});
    out() << QJsonDocument(root).toJson() << Qt::flush;
}

/// A file that is to be trusted and is not there: named by mistake, on the command line or in the policy.
std::optional<Problem> missingFile(const Policy &policy)
{
    const Text keys{"信じる人の公開鍵を「sato@example.com ssh-ed25519 AAAA…」の形で並べてください。",
                    "List whose keys you trust, one a line: sato@example.com ssh-ed25519 AAAA…"};
    const Text pem{"信じる認証局の証明書を PEM で置いてください。",
                   "Put the certificates of the authorities that you trust there, in PEM."};
    const std::tuple<QString, Text, Text> files[] = {
        {policy.trust.allowedSigners, {"鍵の一覧のファイルがありません。", "There is no such list of allowed signers."}, keys},
        {policy.trust.revoked, {"失効した鍵の一覧のファイルがありません。", "There is no such list of revoked keys."}, {}},
        {policy.seal.authorities, {"封印の認証局のファイルがありません。", "There is no such file of authorities for seals."}, pem},
        {policy.seal.timestampAuthorities,
         {"タイムスタンプの認証局のファイルがありません。", "There is no such file of timestamp authorities."},
         pem}};
    for (const auto &[file, message, hint] : files) {
        if (!file.isEmpty() && !QFileInfo(file).isFile())
            return Problem{file, {}, message, hint};
    }
    return {};
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    const auto format = oneOf(parser, QStringLiteral("format"), {"text", "json"});
    if (arguments.size() != 1)
        return wrongUse({"使い方: tenken verify FILE.pdf [--allowed-signers FILE]",
                         "usage: tenken verify FILE.pdf [--allowed-signers FILE]"},
                        lang);
    if (!format || !todayOf(parser).isValid())
        return WrongUse;
    // A script's variable that was never set must not switch a check off.
    for (const char *name : {"allowed-signers", "revoked-keys", "policy", "repo", "for-version", "for-service",
                             "for-stage", "seal-ca", "tsa-ca", "body"}) {
        const QString option = QLatin1StringView(name);
        if (parser.isSet(option) && parser.values(option).contains(QString()))
            return wrongUse(Text{"--%1 の値が空です。", "--%1 is empty."}.arg(option), lang);
    }
    const QString repository = parser.value(QStringLiteral("repo"));
    if (!repository.isEmpty() && !QFileInfo(repository).isDir())
        return wrongUse(Text{"%1 はフォルダーではありません。", "%1 is not a folder."}.arg(repository), lang);
    VerifyOptions options;
    auto policy = policyAtHand(
        parser.value(QStringLiteral("policy")),
        {parser.value(QStringLiteral("allowed-signers")), parser.value(QStringLiteral("revoked-keys"))});
    const auto bytes = readDocument(arguments.first());
    if (!policy || !bytes) {
        complain(policy ? bytes.error() : policy.error(), lang);
        return WrongUse;
    }
    options.policy = *std::move(policy);
    for (const auto &[option, place] : {std::pair("seal-ca", &options.policy.seal.authorities),
                                        std::pair("tsa-ca", &options.policy.seal.timestampAuthorities)}) {
        if (const QString file = parser.value(QString::fromLatin1(option)); !file.isEmpty())
            *place = QFileInfo(file).absoluteFilePath();
    }
    if (const auto missing = missingFile(options.policy)) {
        complain(*missing, lang);
        return WrongUse;
    }
    options.repository = repository;
    options.permissions = storedPermissions();
    options.service = parser.value(QStringLiteral("for-service"));
    options.stage = parser.value(QStringLiteral("for-stage"));
    options.version = parser.value(QStringLiteral("for-version"));
    if (parser.isSet(QStringLiteral("today")))
        options.now = todayOf(parser).endOfDay();
    const auto verification = verifyDocument(*bytes, options);
    if (!verification) {
        complain(verification.error(), lang);
        // A PDF that cannot be read is no valid one; anything else was named by mistake.
        return bytes->startsWith("%PDF-") ? 1 : WrongUse;
    }
    if (*format == u"json")
        printJson(arguments.first(), *verification);
    else
        printText(arguments.first(), *verification, lang);
    if (const QString body = parser.value(QStringLiteral("body")); !body.isEmpty()) {
        if (const auto may = mayBeReplaced(body); !may) {
            complain(may.error(), lang);
            return WrongUse;
        }
        if (const auto written =
                writeAtomically(QFileInfo(body).absoluteFilePath(), verification->container.body);
            !written) {
            complain(written.error(), lang);
            return WrongUse;
        }
    }
    return verification->exitCode();
}

} // namespace

const Command &verifyCommand()
{
    static const Command command{
        "verify",
        "verify FILE.pdf [--allowed-signers FILE] [--policy FILE] [--revoked-keys FILE] [--seal-ca FILE] "
        "[--tsa-ca FILE] [--repo DIR] "
        "[--for-version VERSION] [--for-service ID] [--for-stage STAGE] [--format text|json] [--body FILE.pdf]",
        {"署名された文書を確かめます(終了コード: 0 有効、1 有効でない、3 その後に変わった)。",
         "Verify a signed document (exit: 0 valid, 1 not valid, 3 valid, but something changed since)."},
        "  tenken verify review.pdf --allowed-signers allowed_signers --repo .\n",
        false,
        addOptions,
        run};
    return command;
}

} // namespace tenken::app

// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/sshkeygen.h>

#include <signoff/sshsignature.h>
#include <signoff/statement.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <unistd.h>

namespace tenken {

namespace {

constexpr int patienceMs = 20'000, signingPatienceMs = 120'000;
constexpr qsizetype largestOutput = 256 * 1024, largestKeyFile = 64 * 1024;

struct Run {
    bool started = false, inTime = false;
    int code = -1;
    QByteArray out, err;
    bool ok() const { return inTime && code == 0; }
};

Run run(const QString &name, const QStringList &arguments, const QByteArray &input = {},
        int milliseconds = patienceMs, Asking asking = Asking::Askpass)
{
    Run result;
    const QString program = QStandardPaths::findExecutable(name);
    if (program.isEmpty())
        return result;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    QProcess process;
    if (asking == Asking::Askpass) {
        process.setChildProcessModifier([] { ::setsid(); }); // no terminal to wait at
        if (environment.contains(QStringLiteral("SSH_ASKPASS")))
            environment.insert(QStringLiteral("SSH_ASKPASS_REQUIRE"), QStringLiteral("force"));
    }
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    result.started = process.waitForStarted(5'000);
    if (!result.started)
        return result;
    process.write(input);
    process.closeWriteChannel();
    result.inTime = process.waitForFinished(milliseconds);
    if (!result.inTime) {
        process.kill();
        process.waitForFinished(2'000);
        return result;
    }
    result.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    result.out = process.readAllStandardOutput().left(largestOutput);
    result.err = process.readAllStandardError().left(largestOutput);
    return result;
}

const QString keygen = QStringLiteral("ssh-keygen");

Problem noOpenSsh()
{
    return {{},
            {},
            {"ssh-keygen がありません。", "There is no ssh-keygen."},
            {"OpenSSH のクライアントを入れてください(Debian では openssh-client)。",
             "Install OpenSSH's client (openssh-client on Debian)."}};
}

/// "256 SHA256:… comment (ED25519)"
std::optional<SshKey> keyOfLine(const QString &line)
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(^\d+ (SHA256:[A-Za-z0-9+/]+) (.*) \(([A-Z0-9-]+)\)$)"));
    const auto match = pattern.match(line.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    SshKey key;
    key.fingerprint = match.captured(1);
    key.comment = match.captured(2) == u"no comment" ? QString() : match.captured(2);
    key.type = match.captured(3);
    return key;
}

QByteArray firstLine(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || file.size() > largestKeyFile || !file.open(QIODevice::ReadOnly))
        return {};
    return file.readLine(largestKeyFile).trimmed();
}

bool isPublicLine(const QByteArray &line)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(ssh-|ecdsa-|sk-)[A-Za-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?$"));
    return pattern.match(QString::fromUtf8(line)).hasMatch();
}

bool put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
}

/// What OpenSSH's complaint means; its own words only where none of ours fit, and never more than a line.
Problem signingProblem(const QByteArray &said, const QString &path)
{
    const auto says = [&](const char *words) { return said.contains(words); };
    const Text again{"先に `ssh-add` で鍵をエージェントに入れるか、端末から署名してください。",
                     "Put the key into the agent with `ssh-add` first, or sign from a terminal."};
    if (says("incorrect passphrase") || says("bad decrypt"))
        return {path,
                {},
                {"鍵のパスフレーズが入力されていないか、違います。",
                 "The key's passphrase was not given, or is not the right one."},
                again};
    if (says("Couldn't get agent socket") || says("No private key found") || says("agent contains no")
        || says("not found in agent"))
        return {path,
                {},
                {"この公開鍵の秘密鍵が、隣にもエージェントにもありません。",
                 "The private half of this key lies neither beside it nor in the agent."},
                again};
    if (says("agent refused") || says("device not found") || says("requires PIN"))
        return {path, {}, {"エージェントか鍵の装置が署名を断りました。", "The agent or the key's device refused to sign."},
                {"装置をつなぎ、触れて確かめてください。", "Plug it in and touch it when it asks."}};
    if (says("too open") || says("bad permissions"))
        return {
            path,
            {},
            {"鍵のファイルを他の人も読めるので、OpenSSH が使いません。",
             "Others can read the key's file, so OpenSSH does not use it."},
            {"`chmod 600` で自分だけが読めるようにしてください。", "Make it yours alone with `chmod 600`."}};
    if (says("invalid format") || says("not a public key") || says("error in libcrypto")
        || says("No such file"))
        return {path, {}, {"鍵として読めません。", "It cannot be read as a key."},
                {"OpenSSH の秘密鍵か公開鍵のファイルを指してください。", "Name an OpenSSH private or public key file."}};
    const QString line = QString::fromUtf8(said).simplified().left(200);
    return {path, {}, Text{"ssh-keygen が署名しませんでした: %1", "ssh-keygen did not sign: %1"}.arg(line), {}};
}

} // namespace

Result<SshKey> sshKeyOf(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return failure({path, {}, {"鍵のファイルがありません。", "There is no such key file."}, {}});
    const Run asked = run(
        keygen,
        {QStringLiteral("-l"), QStringLiteral("-E"), QStringLiteral("sha256"), QStringLiteral("-f"), path});
    if (!asked.started)
        return failure(noOpenSsh());
    auto key = asked.ok() ? keyOfLine(QString::fromUtf8(asked.out)) : std::nullopt;
    if (!key)
        return failure(signingProblem("invalid format", path));
    key->path = path;
    if (const QByteArray line = firstLine(path); isPublicLine(line))
        key->publicLine = line;
    return *key;
}

std::vector<SshKey> sshKeysAtHand()
{
    std::vector<SshKey> keys;
    const auto add = [&](SshKey key) {
        const auto known = std::ranges::find(keys, key.fingerprint, &SshKey::fingerprint);
        if (known == keys.end())
            keys.push_back(std::move(key));
        else if (known->path.isEmpty())
            known->path = key.path;
    };
    const Run agent = run(QStringLiteral("ssh-add"), {QStringLiteral("-L")});
    for (const QByteArray &line : agent.ok() ? agent.out.split('\n') : QByteArrayList()) {
        if (keys.size() >= 32 || !isPublicLine(line.trimmed()))
            continue;
        const Run asked = run(keygen,
                              {QStringLiteral("-l"), QStringLiteral("-E"), QStringLiteral("sha256"),
                               QStringLiteral("-f"), QStringLiteral("-")},
                              line + '\n');
        if (auto key = keyOfLine(QString::fromUtf8(asked.out))) {
            key->inAgent = true;
            key->publicLine = line.trimmed();
            add(*key);
        }
    }
    const QDir ssh(QDir::homePath() + QStringLiteral("/.ssh"));
    for (const QString &name : ssh.entryList({QStringLiteral("*.pub")}, QDir::Files, QDir::Name).mid(0, 32)) {
        if (name.endsWith(u"-cert.pub"))
            continue;
        if (const auto key = sshKeyOf(ssh.filePath(name)))
            add(*key);
    }
    return keys;
}

Result<QByteArray> sshSign(const SshKey &key, const QByteArray &message, Asking asking)
{
    const QTemporaryDir folder; // only we may look into it
    QString path = key.path;
    QStringList arguments{QStringLiteral("-Y"), QStringLiteral("sign")};
    if (key.inAgent || path.isEmpty()) {
        path = folder.filePath(QStringLiteral("key.pub"));
        if (!put(path, key.publicLine + '\n'))
            return failure({path, {}, {"一時ファイルを書けません。", "A temporary file cannot be written."}, {}});
        arguments << QStringLiteral("-U"); // the private half is the agent's
    }
    arguments << QStringLiteral("-f") << path << QStringLiteral("-n") << QLatin1StringView(signoffNamespace);
    const Run asked = run(keygen, arguments, message, signingPatienceMs, asking);
    if (!asked.started)
        return failure(noOpenSsh());
    const QString shown = key.path.isEmpty() ? key.fingerprint : key.path;
    if (!asked.inTime)
        return failure({shown,
                        {},
                        {"2 分待ちましたが、署名が終わりません。", "Signing did not end within two minutes."},
                        {"パスフレーズの入力か、鍵の装置への接触を待っていたのかもしれません。",
                         "It may have waited for a passphrase or for a touch of the key."}});
    const auto read = asked.ok() ? readSshSignature(asked.out) : std::nullopt;
    if (!read)
        return failure(signingProblem(asked.err, shown));
    if (read->nameSpace != signoffNamespace
        || (!read->fingerprint.isEmpty() && QString::fromLatin1(read->fingerprint) != key.fingerprint))
        return failure({shown, {}, {"別の鍵で署名されました。", "Another key than the one chosen has signed."}, {}});
    return asked.out;
}

namespace {

using State = SignatureVerdict::State;

Run verifyRun(const QTemporaryDir &folder, const QByteArray &message, const QString &identity,
              const QDateTime &at, const QString &allowed, const QString &revoked)
{
    QStringList arguments{QStringLiteral("-Y"),
                          QStringLiteral("verify"),
                          QStringLiteral("-f"),
                          allowed,
                          QStringLiteral("-I"),
                          identity,
                          QStringLiteral("-n"),
                          QLatin1StringView(signoffNamespace),
                          QStringLiteral("-s"),
                          folder.filePath(QStringLiteral("s")),
                          QStringLiteral("-Overify-time=")
                              + at.toUTC().toString(QStringLiteral("yyyyMMddHHmmss")) + u'Z'};
    if (!revoked.isEmpty())
        arguments << QStringLiteral("-r") << revoked;
    return run(keygen, arguments, message);
}

/// Why the list of allowed signers does not make a good signature valid.
SignatureVerdict notAllowed(const Run &asked, const QString &identity, const QString &fingerprint)
{
    const auto says = [&](const char *words) { return asked.err.contains(words); };
    if (says("key has expired"))
        return {State::Expired, fingerprint,
                Text{"署名した時には、%1 の鍵の期限が過ぎていました。",
                     "The key of %1 had expired when it signed."}
                    .arg(identity)};
    if (says("not yet valid"))
        return {State::NotYetValid, fingerprint,
                Text{"署名した時には、%1 の鍵はまだ有効でありませんでした。",
                     "The key of %1 was not valid yet when it signed."}
                    .arg(identity)};
    if (says("not permitted for use in signature namespace"))
        return {State::NotPermitted, fingerprint,
                Text{"%1 の鍵は、この種の署名に使うことを許されていません。",
                     "The key of %1 is not permitted for this kind of signature."}
                    .arg(identity)};
    return {State::UnknownSigner, fingerprint,
            Text{"この鍵は、知っている %1 の鍵ではありません。", "This key is not one that is known to be %1's."}.arg(identity)};
}

} // namespace

SignatureVerdict sshVerify(const QByteArray &message, const QByteArray &signature, const QString &identity,
                           const QDateTime &at, const Trust &trust)
{
    const auto read = readSshSignature(signature);
    if (!read)
        return {State::Broken, {}, {"署名を読めません。", "The signature cannot be read."}};
    if (read->nameSpace != signoffNamespace)
        return {State::OtherNamespace,
                {},
                Text{"別の用途(%1)の署名です。", "It is a signature for another purpose (%1)."}.arg(
                    QString::fromLatin1(read->nameSpace.left(60)))};
    const QTemporaryDir folder;
    if (!put(folder.filePath(QStringLiteral("s")), signature))
        return {State::NotChecked, {}, {"一時ファイルを書けません。", "A temporary file cannot be written."}};
    const Run authentic =
        run(keygen,
            {QStringLiteral("-Y"), QStringLiteral("check-novalidate"), QStringLiteral("-n"),
             QLatin1StringView(signoffNamespace), QStringLiteral("-s"), folder.filePath(QStringLiteral("s"))},
            message);
    if (!authentic.started || !authentic.inTime)
        return {State::NotChecked, {}, noOpenSsh().message};
    static const QRegularExpression said(QStringLiteral("key (SHA256:[A-Za-z0-9+/]+)"));
    if (!authentic.ok())
        return {State::Broken, {}, {"署名が陳述と合いません。", "The signature does not fit the statement."}};
    const QString fingerprint = said.match(QString::fromUtf8(authentic.out)).captured(1);
    if (trust.allowedSigners.isEmpty())
        return {State::Untold,
                fingerprint,
                {"誰の鍵を信じるかが指定されていません。", "Nobody told this computer whose keys to trust."}};
    for (const QString &file : {trust.allowedSigners, trust.revoked}) {
        if (!file.isEmpty() && (!QFileInfo(file).isFile() || !QFileInfo(file).isReadable()))
            return {State::NotChecked, fingerprint, Text{"%1 を読めません。", "%1 cannot be read."}.arg(file)};
    }
    const Run asked = verifyRun(folder, message, identity, at, trust.allowedSigners, trust.revoked);
    if (asked.ok())
        return {State::Good, fingerprint, Text{"%1 の署名です。", "Signed by %1."}.arg(identity)};
    const Run without =
        trust.revoked.isEmpty() ? asked : verifyRun(folder, message, identity, at, trust.allowedSigners, {});
    if (!trust.revoked.isEmpty() && without.ok())
        return {State::Revoked, fingerprint,
                Text{"%1 のこの鍵は失効しています。", "This key of %1 has been revoked."}.arg(identity)};
    return notAllowed(without, identity, fingerprint);
}

} // namespace tenken

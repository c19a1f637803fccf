// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/sshkeygen.h>

#include <signoff/sshsignature.h>
#include <signoff/statement.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>

namespace tenken {

namespace {

constexpr int signingPatienceMs = 120'000;
constexpr qsizetype largestKeyFile = 64 * 1024;

const QString keygen = QStringLiteral("ssh-keygen");

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
    const Run asked = runProgram(
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
    const Run agent = runProgram(QStringLiteral("ssh-add"), {QStringLiteral("-L")});
    for (const QByteArray &line : agent.ok() ? agent.out.split('\n') : QByteArrayList()) {
        if (keys.size() >= 32 || !isPublicLine(line.trimmed()))
            continue;
        const Run asked = runProgram(keygen,
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
        if (!putFile(path, key.publicLine + '\n'))
            return failure(noTemporaryFile(path));
        arguments << QStringLiteral("-U"); // the private half is the agent's
    }
    arguments << QStringLiteral("-f") << path << QStringLiteral("-n") << QLatin1StringView(signoffNamespace);
    const Run asked = runProgram(keygen, arguments, message, signingPatienceMs, asking);
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

} // namespace tenken

// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/fetchkeys.h>
#include <network/httpclient.h>

#include <qt6keychain/keychain.h>

namespace tenken
{

namespace
{

const QString keychainService = QStringLiteral("tenken");
const QStringList names{QStringLiteral("DD_API_KEY"), QStringLiteral("DD_APP_KEY"),
                        QStringLiteral("DD_BEARER_TOKEN"), QStringLiteral("DD_SITE")};

void set(FetchKeys &keys, const QString &name, const QByteArray &value)
{
    if (name == names[0])
        keys.api = Secret(value);
    else if (name == names[1])
        keys.application = Secret(value);
    else if (name == names[2])
        keys.bearer = Secret(value);
    else
        keys.site = QString::fromUtf8(value).trimmed();
}

Text keychainText(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {"鍵束を開く許可がありません。", "The keychain may not be opened."};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {"この環境には鍵束がありません。環境変数 DD_API_KEY と DD_APP_KEY を使ってください。",
                "There is no keychain here. Use the environment variables DD_API_KEY and DD_APP_KEY."};
    default: // its words may name what was asked for: they are not passed on
        return {"鍵束を読み書きできません。環境変数 DD_API_KEY と DD_APP_KEY を使ってください。",
                "The keychain cannot be used. Use the environment variables DD_API_KEY and DD_APP_KEY."};
    }
}

} // namespace

std::vector<std::pair<QByteArray, Secret>> FetchKeys::headers() const
{
    if (!bearer.isEmpty())
        return {{"Authorization", Secret("Bearer " + bearer.reveal())}};
    std::vector<std::pair<QByteArray, Secret>> list{{"DD-API-KEY", api}};
    if (!application.isEmpty())
        list.emplace_back("DD-APPLICATION-KEY", application);
    return list;
}

std::vector<Secret> FetchKeys::all() const
{
    std::vector<Secret> list;
    for (const Secret &secret : {api, application, bearer}) {
        if (!secret.isEmpty())
            list.push_back(secret);
    }
    return list;
}

FetchKeys keysFromEnvironment(const QProcessEnvironment &environment)
{
    FetchKeys keys;
    for (const QString &name : names)
        set(keys, name, environment.value(name).toUtf8());
    return keys;
}

KeychainKeys::KeychainKeys(QObject *parent) : QObject(parent) {}

void KeychainKeys::read()
{
    m_keys = {};
    readNext(names);
}

void KeychainKeys::readNext(QStringList rest)
{
    if (rest.isEmpty()) {
        emit finished(m_keys.isEmpty() ? Text{"鍵束に Datadog のキーがありません。",
                                              "The keychain holds no keys of Datadog."}
                                       : Text{});
        return;
    }
    auto *job = new QKeychain::ReadPasswordJob(keychainService, this);
    job->setInsecureFallback(false);
    job->setKey(rest.takeFirst());
    connect(job, &QKeychain::Job::finished, this, [this, job, rest] {
        if (job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound) {
            emit finished(keychainText(job->error()));
            return;
        }
        if (job->error() == QKeychain::NoError)
            set(m_keys, job->key(), job->binaryData());
        readNext(rest);
    });
    job->start();
}

void KeychainKeys::write(const FetchKeys &keys)
{
    m_keys = keys;
    std::vector<std::pair<QString, QByteArray>> entries;
    const QByteArrayList values{keys.api.reveal(), keys.application.reveal(), keys.bearer.reveal(),
                                keys.site.toUtf8()};
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (!values[i].isEmpty())
            entries.emplace_back(names[i], values[i]);
    }
    writeNext(std::move(entries));
}

void KeychainKeys::writeNext(std::vector<std::pair<QString, QByteArray>> entries)
{
    if (entries.empty()) {
        emit finished({});
        return;
    }
    auto *job = new QKeychain::WritePasswordJob(keychainService, this);
    job->setInsecureFallback(false); // never in a plain file
    job->setKey(entries.front().first);
    job->setBinaryData(entries.front().second);
    entries.erase(entries.begin());
    connect(job, &QKeychain::Job::finished, this, [this, job, entries] {
        if (job->error() != QKeychain::NoError)
            emit finished(keychainText(job->error()));
        else
            writeNext(entries);
    });
    job->start();
}

QUrl apiUrl(const QString &site)
{
    QString text = site.trimmed();
    while (text.endsWith(u'/'))
        text.chop(1);
    const bool hasScheme = text.contains(u"://");
    QUrl url(hasScheme ? text : QStringLiteral("https://") + text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.path().isEmpty() || url.hasQuery() || url.hasFragment()
        || !url.userInfo().isEmpty() || (url.scheme() != u"https" && url.scheme() != u"http"))
        return {};
    if (isLoopback(url)) {
        if (!hasScheme)
            url.setScheme(QStringLiteral("http"));
        return url;
    }
    if (hasScheme || url.host().startsWith(u"api."))
        return url;
    const QString host = url.host().startsWith(u"app.") ? url.host().sliced(4) : url.host();
    if (!host.contains(u'.'))
        return {};
    url.setHost(QStringLiteral("api.") + host);
    return url;
}

QString siteName(const QString &site)
{
    const QUrl url = apiUrl(site);
    const QString host = url.host().startsWith(u"api.") ? url.host().sliced(4) : url.host();
    return url.port() < 0 ? host : QStringLiteral("%1:%2").arg(host).arg(url.port());
}

const QStringList &knownSites()
{
    static const QStringList sites{QStringLiteral("datadoghq.com"),     QStringLiteral("us3.datadoghq.com"),
                                   QStringLiteral("us5.datadoghq.com"), QStringLiteral("datadoghq.eu"),
                                   QStringLiteral("ap1.datadoghq.com"), QStringLiteral("ap2.datadoghq.com"),
                                   QStringLiteral("uk1.datadoghq.com"), QStringLiteral("ddog-gov.com"),
                                   QStringLiteral("us2.ddog-gov.com")};
    return sites;
}

} // namespace tenken

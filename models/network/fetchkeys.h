// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>
#include <network/secret.h>

#include <QObject>
#include <QProcessEnvironment>
#include <QStringList>
#include <QUrl>

namespace tenken
{

/// What Datadog wants to know of who asks. A token stands alone; an application key needs an API key.
struct FetchKeys {
    Secret api, application, bearer;
    QString site; ///< as said beside the keys; may be empty

    bool isEmpty() const { return api.isEmpty() && bearer.isEmpty(); }
    std::vector<std::pair<QByteArray, Secret>> headers() const;
    std::vector<Secret> all() const; ///< that are there, to look for where they must not be
    friend bool operator==(const FetchKeys &, const FetchKeys &) = default;
};

/// DD_API_KEY, DD_APP_KEY, DD_BEARER_TOKEN, DD_SITE.
FetchKeys
keysFromEnvironment(const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

/// The keys in the desktop's keychain (service "tenken", entries named as the variables). A desktop without
/// one is said, and no failure.
class KeychainKeys : public QObject
{
    Q_OBJECT
public:
    explicit KeychainKeys(QObject *parent = nullptr);
    void read();
    void write(const FetchKeys &keys); ///< those that are there
    const FetchKeys &keys() const { return m_keys; }

signals:
    void finished(const tenken::Text &remark); ///< empty: all went well

private:
    void readNext(QStringList names);
    void writeNext(std::vector<std::pair<QString, QByteArray>> entries);

    FetchKeys m_keys;
};

/// "datadoghq.com", "app.datadoghq.eu", "https://api.example.com", "http://127.0.0.1:8126" → where its API
/// is. Invalid where that cannot be told.
QUrl apiUrl(const QString &site);
QString siteName(const QString &site); ///< as the snapshot names it: "ap1.datadoghq.com"
const QStringList &knownSites(); ///< suggestions: any host may be one
inline const QString defaultSite = QStringLiteral("datadoghq.com");

} // namespace tenken

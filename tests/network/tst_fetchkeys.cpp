// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/fetchkeys.h>

#include <QSignalSpy>
#include <QTest>

#include <concepts>

using namespace tenken;

namespace
{

// A key that could be printed by accident would be, one day.
template <typename T>
concept Prints = requires(QDebug d, const T &t) { d << t; };
static_assert(Prints<QString> && !Prints<Secret> && !Prints<FetchKeys>);
static_assert(!std::convertible_to<Secret, QByteArray> && !std::convertible_to<Secret, QString>);

} // namespace

class TestFetchKeys : public QObject
{
    Q_OBJECT

private slots:
    void environment()
    {
        QProcessEnvironment e;
        QVERIFY(keysFromEnvironment(e).isEmpty());
        e.insert("DD_API_KEY", " abc\n");
        e.insert("DD_APP_KEY", "def");
        e.insert("DD_SITE", "ap1.datadoghq.com ");
        const FetchKeys keys = keysFromEnvironment(e);
        QCOMPARE(keys.api.reveal(), "abc");
        QCOMPARE(keys.application.reveal(), "def");
        QCOMPARE(keys.site, QStringLiteral("ap1.datadoghq.com"));
        QVERIFY(keys.bearer.isEmpty() && !keys.isEmpty());
        QCOMPARE(keys.all().size(), 2u);
    }

    void headers()
    {
        FetchKeys keys;
        keys.api = Secret("abc");
        keys.application = Secret("def");
        const auto pair = keys.headers();
        QCOMPARE(pair.size(), 2u);
        QCOMPARE(pair[0].first, "DD-API-KEY");
        QCOMPARE(pair[1].first, "DD-APPLICATION-KEY");
        QCOMPARE(pair[1].second.reveal(), "def");
        keys.application = {};
        QCOMPARE(keys.headers().size(), 1u);
        keys.bearer = Secret("tok");
        const auto token = keys.headers();
        QCOMPARE(token.size(), 1u); // a token stands alone
        QCOMPARE(token[0].first, "Authorization");
        QCOMPARE(token[0].second.reveal(), "Bearer tok");
    }

    void sites_data()
    {
        QTest::addColumn<QString>("site");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *site, const char *url, const char *name) {
            QTest::newRow(site) << site << url << name;
        };
        row("datadoghq.com", "https://api.datadoghq.com", "datadoghq.com");
        row("ap1.datadoghq.com", "https://api.ap1.datadoghq.com", "ap1.datadoghq.com");
        row("api.datadoghq.eu", "https://api.datadoghq.eu", "datadoghq.eu");
        row("app.datadoghq.eu", "https://api.datadoghq.eu", "datadoghq.eu");
        row(" us5.datadoghq.com/ ", "https://api.us5.datadoghq.com", "us5.datadoghq.com");
        row("https://dd.example.com", "https://dd.example.com", "dd.example.com");
        row("https://dd.example.com:8443/", "https://dd.example.com:8443", "dd.example.com:8443");
        row("http://127.0.0.1:8126", "http://127.0.0.1:8126", "127.0.0.1:8126");
        row("127.0.0.1:8126", "http://127.0.0.1:8126", "127.0.0.1:8126");
        row("http://localhost:8126", "http://localhost:8126", "localhost:8126");
        row("datadoghq", "", "");
        row("", "", "");
        row("https://user:password@datadoghq.com", "", "");
        row("ftp://datadoghq.com", "", "");
        row("datadoghq.com/api?api_key=1", "", "");
        row("two words", "", "");
    }

    void sites()
    {
        QFETCH(QString, site);
        QFETCH(QString, url);
        QFETCH(QString, name);
        QCOMPARE(apiUrl(site).toString(), url);
        QCOMPARE(siteName(site), name);
    }

    void knownSitesAreSites()
    {
        QVERIFY(knownSites().contains(defaultSite));
        for (const QString &site : knownSites())
            QCOMPARE(siteName(site), site);
    }

    // Without a session bus there is none: that is said, in both languages, and takes no key with it.
    void noKeychain()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        KeychainKeys keychain;
        QSignalSpy done(&keychain, &KeychainKeys::finished);
        keychain.read();
        QVERIFY(!done.isEmpty() || done.wait(20'000));
        const Text remark = done.at(0).at(0).value<Text>();
        QVERIFY(!remark.ja.isEmpty() && !remark.en.isEmpty());
        QVERIFY(keychain.keys().isEmpty());
        FetchKeys keys;
        keys.api = Secret("0123456789abcdef0123456789abcdef");
        keychain.write(keys);
        QVERIFY(done.size() == 2 || done.wait(20'000));
        const Text refused = done.at(1).at(0).value<Text>();
        QVERIFY(!refused.isEmpty() && !refused.en.contains(QStringLiteral("0123")));
    }
};

QTEST_GUILESS_MAIN(TestFetchKeys)
#include "tst_fetchkeys.moc"

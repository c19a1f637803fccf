// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>

#include <QElapsedTimer>
#include <QTest>

using namespace tenken;

namespace {

// Put together here, so that no scanner takes the tests for a leak.
QString made(const char *prefix, const char *rest)
{
    return QString::fromLatin1(prefix) + QString::fromLatin1(rest);
}

const QString random32 = QStringLiteral("9f86d081884c7d659a2feaa0c55ad015");

} // namespace

class TestMasking : public QObject
{
    Q_OBJECT

private slots:
    void masked_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &text, const QString &expected) {
            QTest::newRow(name) << text << expected;
        };
        const auto s = [](const char *text) { return QString::fromUtf8(text); };
        row("aws key", s("id ") + made("AKIA", "IOSFODNN7EXAMPLE") + s(" x"), s("id •••• x"));
        row("aws secret", s("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY1"), s("aws_secret_access_key = ••••"));
        row("github", made("ghp", "_16C7e42F292c6912E7710c838347Ae178B4a"), s("••••"));
        row("github fine", s("(") + made("github", "_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz") + s(")"), s("(••••)"));
        row("gitlab", made("glpat", "-abcdefghij0123456789"), s("••••"));
        row("slack", s("x: ") + made("xoxb", "-123456789012-abcdefABCDEF"), s("x: ••••"));
        row("slack hook", s("https://hooks.slack.com/services/") + made("T000", "00000/B00000000/XXXXXXXXXXXX"), s("https://hooks.slack.com/services/••••"));
        row("gitlab trigger", made("glptt", "-abcdefghij0123456789"), s("••••"));
        row("vault", s("VAULT ") + made("hvs", ".CAESIJ1abcdefghij0123456789"), s("VAULT ••••"));
        row("anthropic", made("sk-ant", "-api03-abcdefghij0123456789_-AA"), s("••••"));
        row("openai", made("sk-proj", "-abcdefghij0123456789ABCDEF"), s("••••"));
        row("docker", made("dckr", "_pat_abcdefghij0123456789AB"), s("••••"));
        row("pypi", made("pypi-AgE", "IcHlwaS5vcmcCJDabcdefghij0123"), s("••••"));
        row("hugging face", made("hf", "_abcdefghijABCDEFGHIJabcdefghij0123"), s("••••"));
        row("google access", made("ya29", ".a0AfH6SMBabcdefghij0123456789"), s("••••"));
        row("google client", made("GOCSPX", "-abcdefghij0123456789ABCD"), s("••••"));
        row("stripe test", made("sk_test", "_4eC39HqLyjWDarjtT1zdp7dc"), s("••••"));
        row("stripe hook", made("whsec", "_abcdefghij0123456789ABCD"), s("••••"));
        row("shopify", made("shpat", "_9f86d081884c7d659a2feaa0c55ad015"), s("••••"));
        row("new relic", made("NRAK", "-ABCDEFGHIJ0123456789ABCDEFG"), s("••••"));
        row("age", made("AGE-SECRET-KEY-1", "QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ"), s("••••"));
        row("atlassian", made("ATATT3", "xFfGF0abcdefghij0123456789=ABCD"), s("••••"));
        row("linear", made("lin", "_api_abcdefghij0123456789ABCDEF"), s("••••"));
        row("telegram", s("bot ") + made("123456789", ":AAabcdefghijklmnopqrstuvwxyz0123456"), s("bot ••••"));
        row("discord hook", s("https://discord.com/api/webhooks/123456789/") + made("abcdefghij", "KLMNOPQRST0123456789"),
            s("https://discord.com/api/webhooks/123456789/••••"));
        row("teams hook", s("https://x.webhook.office.com/webhookb2/") + made("aaaa", "-bbbb@cccc/IncomingWebhook/dddd/eeee"),
            s("https://x.webhook.office.com/webhookb2/••••"));
        row("pagerduty hook", s("https://events.pagerduty.com/integration/") + made("9f86d081", "884c7d659a2feaa0c55ad015") + s("/enqueue"),
            s("https://events.pagerduty.com/integration/••••/enqueue"));
        row("azure signature", s("https://x.blob.core.windows.net/a?sv=2024&sig=") + made("abc%2Bdef", "ghijklmnop%3D") + s("&se=1"),
            s("https://x.blob.core.windows.net/a?sv=2024&sig=••••&se=1"));
        row("mysql", s("mysql -h db -u app -pS3cret! shop"), s("mysql -h db -u app -p•••• shop"));
        row("mysqldump", s("mysqldump -pS3cret shop"), s("mysqldump -p•••• shop"));
        row("curl", s("curl -s -u admin:S3cret https://x/"), s("curl -s -u admin:•••• https://x/"));
        row("curl user", s("curl --user 'admin:S3cret' https://x/"), s("curl --user 'admin:••••' https://x/"));
        row("Japanese", s("パスワード: hunter2"), s("パスワード: ••••"));
        row("Japanese, full width", s("DBパスワード：hunter2 です"), s("DBパスワード：•••• です"));
        row("jwt", made("eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"), s("••••"));
        row("datadog", s("DD_API_KEY=") + random32, s("DD_API_KEY=••••"));
        row("datadog yaml", s("  apiKey: ") + random32, s("  apiKey: ••••"));
        row("bearer", s("curl -H 'Authorization: Bearer abc123def456'"), s("curl -H 'Authorization: Bearer ••••'"));
        row("basic", s("Authorization: Basic dXNlcjpwYXNzd29yZA=="), s("Authorization: Basic ••••"));
        row("url", s("mysql://app:hunter2@db.internal/x"), s("mysql://app:••••@db.internal/x"));
        row("url with @ in it", s("redis://:p@ss@cache:6379"), s("redis://:••••@cache:6379"));
        row("two urls", s("a://b:c@d e://f:g@h"), s("a://b:••••@d e://f:••••@h"));
        row("sentry", s("https://") + random32 + s("@o1.ingest.sentry.io/42"), s("https://••••@o1.ingest.sentry.io/42"));
        row("old sentry", s("https://") + random32 + s(":0123456789abcdef@sentry.example/42"), s("https://••••:••••@sentry.example/42"));
        row("password", s("password: hunter2"), s("password: ••••"));
        row("camel", s("dbPassword: hunter2 # why"), s("dbPassword: •••• # why"));
        row("quoted", s("\"password\": \"a \\\" b\", \"x\": 1"), s("\"password\": \"••••\", \"x\": 1"));
        row("flow", s("{user: a, password: b c, port: 1}"), s("{user: a, password: ••••, port: 1}"));
        row("argument", s("run --db-password=hunter2 --port=1"), s("run --db-password=•••• --port=1"));
        row("argument apart", s("run --password hunter2 --port 1"), s("run --password •••• --port 1"));
        row("property", s("-Dspring.datasource.password=hunter2 x"), s("-Dspring.datasource.password=•••• x"));
        row("connection string", s("Server=a;Pwd=hunter2;Database=b"), s("Server=a;Pwd=••••;Database=b"));
        row("query", s("https://x/y?user=a&access_token=Zx81kkPq02LmNvRt&b=1"), s("https://x/y?user=a&access_token=••••&b=1"));
        row("client secret", s("client_secret: 8hGf73kQpL0sWvXz"), s("client_secret: ••••"));
        row("environment", s("- name: DB_PASSWORD\n  value: hunter2"), s("- name: DB_PASSWORD\n  value: ••••"));
        row("environment in one line", s("- {name: API_TOKEN, value: \"8hGf73kQpL0sWvXz\"}"), s("- {name: API_TOKEN, value: \"••••\"}"));
        row("private key", s("a: |\n  -----BEGIN RSA PRIVATE KEY-----\n  MIIE\n  abc=\n  -----END RSA PRIVATE KEY-----\nb: 1"),
            s("a: |\n  -----BEGIN RSA PRIVATE KEY-----\n  ••••\n  ••••\n  -----END RSA PRIVATE KEY-----\nb: 1"));
        row("private key in a line", s("\"k\": \"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n\""),
            s("\"k\": \"-----BEGIN PRIVATE KEY-----••••-----END PRIVATE KEY-----\\n\""));
        row("private key cut off", s("-----BEGIN PRIVATE KEY-----\nMIIE"), s("-----BEGIN PRIVATE KEY-----\n••••"));
    }
    void masked()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(maskSecrets(text), expected);
        QCOMPARE(maskSecrets(expected), expected);
    }

    void secretObjects_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("data", "apiVersion: v1\nkind: Secret\ndata:\n  user: YQ==\n  host: ZGI=\ntype: Opaque\n",
            "apiVersion: v1\nkind: Secret\ndata:\n  user: ••••\n  host: ••••\ntype: Opaque\n");
        row("kind comes last", "stringData:\n  a: x y\n  b: |\n    one\n\n    two\nkind: Secret\n",
            "stringData:\n  a: ••••\n  b: |\n    ••••\n\n    ••••\nkind: Secret\n");
        row("only that document", "kind: ConfigMap\ndata:\n  a: x\n---\nkind: Secret\ndata:\n  a: x\n---\ndata:\n  a: x\n",
            "kind: ConfigMap\ndata:\n  a: x\n---\nkind: Secret\ndata:\n  a: ••••\n---\ndata:\n  a: x\n");
        row("list", "kind: List\nitems:\n- kind: ConfigMap\n  data: {a: x}\n- kind: Secret\n  data: {a: x, b: 'y'}\n",
            "kind: List\nitems:\n- kind: ConfigMap\n  data: {a: x}\n- kind: Secret\n  data: {a: ••••, b: ••••}\n");
        row("json", "{\"kind\": \"Secret\", \"data\": {\"a\": \"eA==\"}}", "{\"kind\": \"Secret\", \"data\": {\"a\": ••••}}");
        row("crlf", "kind: Secret\r\ndata:\r\n  a: x\r\n  b: |\r\n    y\r\n", "kind: Secret\r\ndata:\r\n  a: ••••\r\n  b: |\r\n    ••••\r\n");
        row("wide characters", "kind: Secret\nstringData: {\"\xf0\x9f\x8d\xa3\": \"\xf0\x9f\x8d\xa3\xf0\x9f\x8d\xa3\"} # 寿司\n",
            "kind: Secret\nstringData: {\"\xf0\x9f\x8d\xa3\": ••••} # 寿司\n");
        row("alias", "kind: Secret\ndata:\n  a: &x eA==\n  b: *x\n", "kind: Secret\ndata:\n  a: &x ••••\n  b: ••••\n");
        row("last applied", "kind: Secret\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {\"data\":{\"a\":\"x\"}}\n"
                            "data: {}\n",
            "kind: Secret\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      ••••\ndata: {}\n");
        row("template", "kind: Secret\ndata:\n  {{- if .x }}\n  a: eA==\n  b: |\n    line\n  {{- end }}\ntype: Opaque\n---\nkind: ConfigMap\ndata:\n  a: x\n",
            "kind: Secret\ndata:\n  ••••\n  a: ••••\n  b: |\n    ••••\n  ••••\ntype: Opaque\n---\nkind: ConfigMap\ndata:\n  a: x\n");
        row("flow in a template", "kind: Secret\nstringData: {a: x}\nb: [\n", "kind: Secret\nstringData: ••••\nb: [\n");
    }
    void secretObjects()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const QString masked = maskSecrets(text);
        QCOMPARE(masked, expected);
        QCOMPARE(masked.count(u'\n'), text.count(u'\n'));
    }

    void ordinary_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {
                 "image: registry.example/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 "commit: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "uid: 123e4567-e89b-12d3-a456-426614174000",
                 "token: 123e4567-e89b-12d3-a456-426614174000", "secretName: id-auth-db-credentials-v2",
                 "  secretKeyRef: {name: db-password, key: password}", "      key: password", "imagePullSecrets:\n- name: registry-key1",
                 "automountServiceAccountToken: true", "permissions: {id-token: write, contents: read}", "password: ${DB_PASSWORD}",
                 "password: $(cat /run/secret)", "password: {{ .Values.password }}", "password: null", "password:", "password: \"\"",
                 "passwordFile: /run/secrets/db", "tokenExpirationSeconds: 3600", "- name: TZ\n  value: Asia/Tokyo",
                 "- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: {name: db, key: password}\n- name: X\n  value: plain",
                 "kind: Secret\nmetadata: {name: a, labels: {app: x}}\ntype: Opaque", "secret: my-secret-name-2",
                 "https://wiki.example/oncall#5xx", "git@github.com:org/repo.git", "https://git@github.com/org/repo",
                 "http://localhost:8080/health", "cpu: 250m", "when: 2026-11-20T10:00:00Z", "Bearer authentication is used",
                 "The Authorization: header is required", "projected:\n  sources:\n  - serviceAccountToken: {path: token, audience: x}",
                 "annotations: {checksum/config: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}",
                 "ENABLE_TOKEN_AUTH: \"true\"", "secretProviderClass: aws", "query: avg:http.errors{service:id-auth,env:prod} > 5",
                 "readiness/service.yaml:4:3: unknown key “latncy” — did you mean “latency”?", "compass: north", "passthrough: yes",
                 "docker run mysql -p3306:3306", "mysql -p$MYSQL_PWD shop", "mysql -p", "curl -u ${USER}:${PASS} https://x/",
                 "curl -u 10 https://x/a:b", "パスワード: 8文字以上にする", "パスワードは2つある: 運用と開発", "task-force-risk_live_x", "sk-learn",
                 "pypi-server: yes", "hf_home", "https://discord.com/channels/1/2", "a?sig=short",
                 "a: eyJhbGciOiJIUzI1NiJ9", "tokens per second: 5"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void ordinary()
    {
        QFETCH(QString, text);
        QCOMPARE(maskSecrets(text), text);
    }

    /// The order of what is read must be the order of what was judged.
    void turningCharactersAreShown()
    {
        for (const char16_t code : {u'\u202a', u'\u202e', u'\u2066', u'\u2069', u'\u200e', u'\u200f', u'\u061c', u'\u2028', u'\u2029'})
            QCOMPARE(visible(QStringLiteral("pay") + QChar(code) + QStringLiteral("lmay")), QStringLiteral("pay\ufffdlmay"));
        const QString ordinary = QStringLiteral("ID認証 – “é” 👨\u200d👩 नी");
        QCOMPARE(visible(ordinary), ordinary);
    }

    void linear_data()
    {
        QTest::addColumn<QString>("unit");
        for (const char *unit : {"a", "eyJ", "eyJaaaaaaaa.", "://", "://a:", "password", "password:", "password: ", "password=", "token: ab1",
                                 "--password ", "name: ", "value: ", "-----BEGIN PRIVATE KEY", "Bearer ", "Authorization: ", "ghp_", "xoxb-",
                                 "data:\n", "kind: Secret\ndata: ", "\"", "'", "=", " ", "name: password, ", "a:\n- kind: Secret\n", "- name: a\n  value: b\n",
                                 "kind: Secret\ndata:\n  a: b\n---\n", "sk_live_", "name:a.password="})
            QTest::newRow(unit) << QString::fromLatin1(unit);
    }
    void linear()
    {
        QFETCH(QString, unit);
        const QString text = unit.repeated(300'000 / unit.size());
        QElapsedTimer timer;
        timer.start();
        const QString masked = maskSecrets(text);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(masked.count(u'\n'), text.count(u'\n'));
    }
};

QTEST_APPLESS_MAIN(TestMasking)
#include "tst_masking.moc"

// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipelinecases.h"

using namespace tenken;
using namespace tenken::test;
using namespace Qt::StringLiterals;

/// What looks like a check by its words and is none, and what is one where it is not looked for.
class TestPipelineWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lint_data();
    void lint() { checkSteps("pipeline-lint"); }
    void tests_data();
    void tests() { checkSteps("pipeline-tests"); }
    void scan_data();
    void scan() { checkSteps("image-scan"); }
    void image_data();
    void image();
    void files_data();
    void files();
    void declared_data();
    void declared();

private:
    static void checkSteps(const char *rule);
};

namespace
{

void row(const char *command, const char *verdict)
{
    QTest::newRow(command) << "      - run: |\n          " + QByteArray(command).replace("\n", "\n          ") + "\n" << QString::fromLatin1(verdict);
}

void stepRow(const char *name, const QByteArray &step, const char *verdict)
{
    QTest::newRow(name) << step << QString::fromLatin1(verdict);
}

void stepColumns()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<QString>("verdict");
}

void check(const Evidence &evidence, const QString &rule, const QString &verdict)
{
    const auto findings = judge(evidence, rule);
    QVERIFY2(verdictsIn(findings) == verdict, qPrintable(u"wanted %1:\n"_s.arg(verdict) + QString::fromUtf8(printed(findings))));
}

} // namespace

void TestPipelineWords::checkSteps(const char *rule)
{
    QFETCH(QByteArray, steps);
    QFETCH(QString, verdict);
    check(workflow(imageJob(steps)), QString::fromLatin1(rule), verdict);
}

void TestPipelineWords::lint_data()
{
    stepColumns();
    for (const char *command : {"npm install -g eslint", "npm i eslint prettier", "command -v eslint", "which eslint", "yarn add eslint",
                                "eslint --version", "hadolint --version", "shellcheck -V", "mypy --version", "eslint --print-config x",
                                "./gradlew help --task lint", "golangci-lint --help", "make -n lint", "./gradlew lint --dry-run"})
        row(command, "fail");
    row("command eslint .", "pass");
    row("yarn eslint .", "pass");
    row("yarn lint", "pass"); // no package.json: told by its name
    row("clang-format --dry-run --Werror a.cpp", "pass");
    row("prettier --list-different .", "pass");
    for (const char *command : {"golangci-lint run --issues-exit-code 0", "golangci-lint run --issues-exit-code=0", "checkov -s -d .", "make -i lint",
                                "mvn checkstyle:check -Dcheckstyle.skip", "mvn checkstyle:check -Dcheckstyle.failOnViolation=false",
                                "find . -name '*.sh' -exec shellcheck {} \\;", "trap 'exit 0' EXIT; eslint ."})
        row(command, "warn");
    row("golangci-lint run --issues-exit-code 2", "pass");
    row("find . -name '*.sh' -exec shellcheck {} +", "pass");
    row("find . -name '*.sh'", "fail");
    row("out=$(eslint .)", "pass");
    row("out=`eslint .`", "pass");
    row("echo \"$(eslint .)\"", "warn");
    row("n=$((1 + 2))", "fail");
    row("if [ -n \"$(git status --porcelain)\" ]; then exit 1; fi\neslint .", "pass");
    row("npm run docker:push", "unknown");
    row("ssh host eslint .", "unknown");
    row("docker build --target lint .", "unknown");
}

void TestPipelineWords::tests_data()
{
    stepColumns();
    for (const char *command : {"npm publish --tag test", "command -v pytest", "pytest --version", "pytest --help", "jest --listTests", "ctest -N",
                                "rspec --dry-run", "dotnet test --list-tests", "go test -list . ./...", "go test -run '^$' ./...", "nyc report", "c8 report",
                                "lein deps", "mill clean", "make -n test", "./gradlew test --dry-run", "./gradlew test -m", "mvn -v"})
        row(command, "fail");
    for (const char *command : {"ctest -V", "mvn -V verify", "nyc mocha", "c8 vitest run", "lein test", "mill app.test", "go test -run TestX ./...",
                                "make -k test", "yarn jest"})
        row(command, "pass");
    for (const char *command : {"make -i test", "make --ignore-errors test", "mvn verify -Dmaven.test.failure.ignore", "mvn -B verify -Dmaven.test.failure.ignore=true",
                                "mvn -fn verify", "mvn --fail-never verify"})
        row(command, "warn");
    row("mvn verify -Dmaven.test.failure.ignore=false", "pass");
    for (const char *command : {"make load-test", "make e2e-test", "make test-deploy", "npm run test:e2e"})
        row(command, "unknown");
}

void TestPipelineWords::scan_data()
{
    stepColumns();
    for (const char *command : {"trivy image --scanners secret --exit-code 1 a", "trivy image --scanners=misconfig --exit-code 1 a", "trivy image --security-checks secret --exit-code 1 a",
                                "trivy image --download-db-only --exit-code 1", "grype dir:. --fail-on high", "grype db update --fail-on high", "trivy --version"})
        row(command, "fail");
    row("trivy image --scanners vuln,secret --exit-code 1 a", "pass");
    row("trivy image --list-all-pkgs --exit-code 1 a", "pass");
    row("grype --fail-on high registry:r/a", "pass");
    row("clairctl report x", "warn");
    for (const char *command : {"trivy image --exit-code \"$CODE\" a", "trivy image --exit-code ${{ inputs.code }} a", "grype sbom:a.json --fail-on high",
                                "trivy image --config trivy.yaml a", "n=$(aws ecr describe-image-scan-findings --repository-name a); [ \"$n\" = 0 ] || exit 1"})
        row(command, "unknown");
    row("TRIVY_EXIT_CODE=1 trivy image a", "pass");
    row("export TRIVY_EXIT_CODE=1\ntrivy image a", "pass");
    row("TRIVY_EXIT_CODE=0 trivy image a", "warn");
    const auto uses = [](const char *name, const char *with) { return QByteArray("      - uses: ") + name + "\n        with: {" + with + "}\n"; };
    stepRow("trivy-action of secrets", uses("aquasecurity/trivy-action@0.28.0", "image-ref: a, scanners: secret, exit-code: '1'"), "fail");
    stepRow("trivy-action with its file", uses("aquasecurity/trivy-action@0.28.0", "image-ref: a, trivy-config: trivy.yaml"), "unknown");
    stepRow("scout compare, exit-on", uses("docker/scout-action@v1", "command: compare, exit-on: vulnerability"), "pass");
    stepRow("scout compare", uses("docker/scout-action@v1", "command: compare"), "warn");
    stepRow("clair-action", uses("quay/clair-action@v0", "image-ref: a"), "warn");
    stepRow("clair-action, return-code", uses("quay/clair-action@v0", "image-ref: a, return-code: '1'"), "pass");
    stepRow("inspector", uses("aws-actions/vulnerability-scan-github-action-for-amazon-inspector@v1", "artifact_type: container, artifact_path: a"), "unknown");
    stepRow("inspector of files", uses("aws-actions/vulnerability-scan-github-action-for-amazon-inspector@v1", "artifact_type: repository, artifact_path: ."), "fail");
}

void TestPipelineWords::image_data()
{
    stepColumns();
    row("docker buildx build --cache-to type=registry,ref=r/cache --load -t x .", "fail");
    row("docker buildx build --cache-from type=registry,ref=r/cache -t x .", "fail");
    row("docker buildx build -o type=registry -t x .", "pass");
    row("docker buildx build --output=type=image,push=true -t x .", "pass");
    row("docker buildx bake --set '*.output=type=registry'", "pass");
    row("docker buildx build --push --help", "fail");
    row("gcloud builds submit --config c.yaml", "unknown");
    row("gcloud builds submit --tag r/a", "pass");
    row("ssh host docker push x", "unknown");
    row("ssh -p 22 host", "fail");
    row("make push", "unknown");
    row("npm run docker:push", "unknown");
}

void TestPipelineWords::image()
{
    QFETCH(QByteArray, steps);
    QFETCH(QString, verdict);
    check(workflow("  image:\n    steps:\n" + steps), u"image-pipeline"_s, verdict);
}

void TestPipelineWords::files_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("verdict");
    const auto file = [](const char *command, const Files &files, const char *rule, const char *verdict) {
        QTest::addRow("%s: %s", command, files.isEmpty() ? "-" : files.first().left(40).simplified().constData())
            << QByteArray("      - run: ") + command + "\n" << files << QString::fromLatin1(rule) << QString::fromLatin1(verdict);
    };
    const QString make = u"Makefile"_s, package = u"package.json"_s, docker = u"Dockerfile"_s;
    const char *lint = "pipeline-lint", *tests = "pipeline-tests";
    file("yarn lint", {{package, R"({"scripts": {}})"}}, lint, "unknown");
    file("yarn eslint .", {{package, R"({"scripts": {}})"}}, lint, "pass");
    file("yarn eslint --version", {{package, R"({"name": "a"})"}}, lint, "fail");
    file("npm run lint", {{package, R"({"scripts": {"lint": "eslint --version"}})"}}, lint, "fail");
    file("make -n test", {{make, "test:\n\tgo test ./...\n"}}, tests, "fail");
    file("make -i test", {{make, "# i\ntest:\n\tgo test ./...\n"}}, tests, "warn");
    file("make test", {{make, ".IGNORE:\ntest:\n\tgo test ./...\n"}}, tests, "warn");
    file("make test", {{make, ".IGNORE: test\ntest:\n\tgo test ./...\n"}}, tests, "warn");
    file("make test", {{make, ".IGNORE: other\ntest:\n\tgo test ./...\n"}}, tests, "pass");
    file("make test", {{make, "MAKEFLAGS += -i\ntest:\n\tgo test ./...\n"}}, tests, "warn");
    file("make test", {{make, "MAKEFLAGS += --warn-undefined-variables\ntest:\n\tgo test ./...\n"}}, tests, "pass");
    file("make lint", {{make, "lint:\n\teslint .\nlint:\n\techo later\n"}}, lint, "fail");
    file("make lint", {{make, "lint:\n\techo soon\nlint:\n\teslint .\n"}}, lint, "pass");
    file("make lint", {{make, "lint::\n\teslint .\nlint::\n\techo too\n"}}, lint, "pass");
    file("just lint", {{u"justfile"_s, "lint:\n  echo later\n"}}, lint, "unknown");
    file("task lint", {{u"Taskfile.yml"_s, "version: '3'\ntasks: {lint: echo later}\n"}}, lint, "unknown");
    file("pre-commit run -a", {{u".pre-commit-config.yaml"_s, "repos: []\n"}}, lint, "fail");
    file("pre-commit run -a", {{u".pre-commit-config.yaml"_s, "repos: [{repo: local, hooks: []}]\n"}}, lint, "pass");
    const Files inside{{docker, "FROM node:22 AS build\nRUN npm ci && \\\n    npx eslint . && npx jest\n"}};
    file("docker build .", inside, lint, "unknown");
    file("docker build --target test .", inside, tests, "unknown");
    file("docker build .", {{docker, "FROM node:22\nRUN npm install -g eslint\n"}}, lint, "fail");
}

void TestPipelineWords::files()
{
    QFETCH(QByteArray, steps);
    QFETCH(Files, files);
    QFETCH(QString, rule);
    QFETCH(QString, verdict);
    check(workflow(imageJob(steps), files), rule, verdict);
}

void TestPipelineWords::declared_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("verdict");
    const QString yaml = u"infra/ecr.yaml"_s, plan = u"infra/plan.json"_s;
    QTest::newRow("registry") << yaml << QByteArray("Resources:\n  R:\n    Type: AWS::ECR::RegistryScanningConfiguration\n    Properties:\n      ScanType: ENHANCED\n"
                                                    "      Rules: [{ScanFrequency: SCAN_ON_PUSH, RepositoryFilters: [{Filter: '*', FilterType: WILDCARD}]}]\n") << u"warn"_s;
    QTest::newRow("registry, by hand") << yaml << QByteArray("Resources:\n  R:\n    Type: AWS::ECR::RegistryScanningConfiguration\n    Properties:\n      Rules: [{ScanFrequency: MANUAL}]\n") << u"fail"_s;
    QTest::newRow("Terraform plan") << plan << QByteArray(R"({"format_version": "1.2", "planned_values": {"root_module": {"child_modules": [{"resources": [
        {"type": "aws_ecr_repository", "values": {"image_scanning_configuration": [{"scan_on_push": true}]}}]}]}}})") << u"warn"_s;
    QTest::newRow("Terraform plan, registry") << plan << QByteArray(R"({"planned_values": {"root_module": {"resources": [
        {"type": "aws_ecr_registry_scanning_configuration", "values": {"scan_type": "BASIC", "rule": [{"scan_frequency": "SCAN_ON_PUSH"}]}}]}}})") << u"warn"_s;
    QTest::newRow("Terraform plan without") << plan << QByteArray(R"({"planned_values": {"root_module": {"resources": [
        {"type": "aws_ecr_repository", "values": {"image_scanning_configuration": [{"scan_on_push": false}]}}]}}})") << u"fail"_s;
}

void TestPipelineWords::declared()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, text);
    QFETCH(QString, verdict);
    Evidence e = workflow(imageJob({}));
    auto manifests = readManifests({YamlFile::parse(text, name)});
    e.manifests = std::make_shared<Manifests>(std::move(manifests.value));
    check(e, u"image-scan"_s, verdict);
}

QTEST_APPLESS_MAIN(TestPipelineWords)
#include "tst_pipeline_words.moc"

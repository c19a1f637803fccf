// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipelinecases.h"

#include <QElapsedTimer>

using namespace tenken;
using namespace tenken::test;
using namespace Qt::StringLiterals;

class TestPipelines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lint_data();
    void lint();
    void tests_data();
    void tests();
    void followed_data();
    void followed();
    void image_data();
    void image();
    void scan_data();
    void scan();
    void ecr();
    void notify_data();
    void notify();
    void others_data();
    void others();
    void places();
    void nothing();
    void large();
};

namespace
{

const QByteArray lintStep = "      - run: golangci-lint run\n";

void row(const char *name, const QByteArray &jobs, const char *verdict)
{
    QTest::newRow(name) << jobs << QString::fromLatin1(verdict);
}

void check(const Evidence &evidence, const char *rule, const QString &wanted)
{
    const auto findings = judge(evidence, QString::fromLatin1(rule));
    QVERIFY2(verdictsIn(findings) == wanted, qPrintable(u"wanted %1:\n"_s.arg(wanted) + QString::fromUtf8(printed(findings))));
    for (const Finding &f : findings) {
        QVERIFY(!f.title.ja.isEmpty() && !f.reason.ja.isEmpty() && !f.reason.en.isEmpty());
        if (f.verdict != Verdict::Pass)
            QVERIFY(!f.remedy.ja.isEmpty() && !f.remedy.en.isEmpty());
        QVERIFY(f.span.isValid());
    }
}

} // namespace

void TestPipelines::lint_data()
{
    QTest::addColumn<QByteArray>("jobs");
    QTest::addColumn<QString>("verdict");
    row("earlier in the same job", imageJob(lintStep), "pass");
    row("none", imageJob("      - uses: actions/checkout@v4\n"), "fail");
    row("after the push", imageJob({}) + lintStep, "warn");
    row("step continue-on-error", imageJob("      - run: golangci-lint run\n        continue-on-error: true\n"), "warn");
    row("continue-on-error that cannot be evaluated",
        imageJob("      - run: golangci-lint run\n        continue-on-error: ${{ vars.SOFT }}\n"), "unknown");
    row("|| true", imageJob("      - run: golangci-lint run || true\n"), "warn");
    row("; exit 0 comes too late for -e", imageJob("      - run: golangci-lint run; exit 0\n"), "pass");
    row("; exit 0 without -e", imageJob("      - run: golangci-lint run; exit 0\n        shell: bash {0}\n"), "warn");
    row("set +e", imageJob("      - run: |\n          set +e\n          golangci-lint run\n          echo done\n"), "warn");
    row("set +e, and it is the last", imageJob("      - run: |\n          set +e\n          golangci-lint run\n"), "pass");
    row("pipe without pipefail", imageJob("      - run: golangci-lint run | tee lint.txt\n"), "warn");
    row("pipe with shell: bash", imageJob("      - run: golangci-lint run | tee lint.txt\n        shell: bash\n"), "pass");
    row("--exit-zero", imageJob("      - run: flake8 --exit-zero .\n"), "warn");
    row("|| exit 1", imageJob("      - run: golangci-lint run || { echo bad; exit 1; }\n"), "pass");
    row("if ! lint; then exit", imageJob("      - run: |\n          if ! golangci-lint run; then\n            exit 1\n          fi\n"), "pass");
    row("if lint; then echo", imageJob("      - run: |\n          if golangci-lint run; then\n            echo ok\n          fi\n"), "warn");
    row("under a condition of its own", imageJob("      - run: golangci-lint run\n        if: inputs.lint\n"), "warn");
    row("in a shell condition", imageJob("      - run: |\n          if [ -n \"$LINT\" ]; then\n            golangci-lint run\n          fi\n"), "warn");
    row("if: false", imageJob("      - run: golangci-lint run\n        if: false\n"), "fail");
    row("push with always()", imageJob(lintStep).replace("        with: {push", "        if: always()\n        with: {push"), "warn");
    const QByteArray lintJob = "  lint:\n    runs-on: ubuntu-24.04\n    steps:\n" + lintStep;
    row("needed job", lintJob + imageJob({}, "    needs: lint\n"), "pass");
    row("needed job, list", lintJob + imageJob({}, "    needs: [lint]\n"), "pass");
    row("transitively", lintJob + "  test:\n    needs: [lint]\n    steps:\n      - run: go test ./...\n" + imageJob({}, "    needs: [test]\n"), "pass");
    row("parallel job", lintJob + imageJob({}), "warn");
    row("needed job with continue-on-error",
        "  lint:\n    continue-on-error: true\n    steps:\n" + lintStep + imageJob({}, "    needs: lint\n"), "warn");
    row("push job always()", lintJob + imageJob({}, "    needs: lint\n    if: always()\n"), "warn");
    row("push job !cancelled()", lintJob + imageJob({}, "    needs: lint\n    if: ${{ !cancelled() }}\n"), "warn");
    row("always() that tests the result",
        lintJob + imageJob({}, "    needs: lint\n    if: always() && needs.lint.result == 'success'\n"), "pass");
    row("a job between runs always: success() looks at every ancestor",
        lintJob + "  test:\n    needs: [lint]\n    if: always()\n    steps:\n      - run: go test ./...\n" + imageJob({}, "    needs: [test]\n"), "pass");
    row("conditional job that the push needs", "  lint:\n    if: vars.LINT == 'yes'\n    steps:\n" + lintStep + imageJob({}, "    needs: lint\n"), "pass");
    row("conditional job, push always() and not failure",
        "  lint:\n    if: vars.LINT == 'yes'\n    steps:\n" + lintStep
            + imageJob({}, "    needs: lint\n    if: always() && needs.lint.result != 'failure'\n"), "warn");
    row("lint on pull requests, which start nothing here", "  lint:\n    if: github.event_name == 'pull_request'\n    steps:\n" + lintStep + imageJob({}), "fail");
    row("matrix of tasks", "  check:\n    strategy:\n      matrix:\n        task: [lint, test]\n    steps:\n      - run: npm run ${{ matrix.task }}\n"
            + imageJob({}, "    needs: check\n"), "pass");
    row("matrix where one may fail",
        "  check:\n    continue-on-error: ${{ matrix.soft }}\n    strategy:\n      matrix:\n        include:\n          - {task: lint, soft: true}\n"
        "          - {task: test, soft: false}\n    steps:\n      - run: npm run ${{ matrix.task }}\n" + imageJob({}, "    needs: check\n"), "warn");
    row("matrix made by an expression: its task is not known",
        "  check:\n    strategy:\n      matrix:\n        task: ${{ fromJSON(vars.TASKS) }}\n    steps:\n      - run: ${{ matrix.task }}\n"
            + imageJob({}, "    needs: check\n"), "unknown");
    row("background step", imageJob("      - run: golangci-lint run\n        background: true\n"), "unknown");
    row("steps in parallel", imageJob("      - parallel:\n          - run: golangci-lint run\n          - run: go build ./...\n"), "unknown");
    row("remote action", imageJob("      - uses: acme/quality-gate@v1\n"), "unknown");
    row("well-known actions are no lint", imageJob("      - uses: actions/setup-go@v5\n      - uses: docker/setup-buildx-action@v3\n"), "fail");
    row("lint action", imageJob("      - uses: golangci/golangci-lint-action@v6\n"), "pass");
    row("hadolint-action with no-fail", imageJob("      - uses: hadolint/hadolint-action@v3\n        with: {no-fail: true}\n"), "warn");
    row("reviewdog does not fail by default", imageJob("      - uses: reviewdog/action-eslint@v1\n"), "warn");
    row("reviewdog with fail_level", imageJob("      - uses: reviewdog/action-eslint@v1\n        with: {fail_level: error}\n"), "pass");
    row("a program nobody knows", imageJob("      - run: frobnicate --all\n"), "unknown");
    row("prettier that writes is no lint", imageJob("      - run: prettier --write .\n"), "unknown");
    row("word in an echo", imageJob("      - run: echo golangci-lint run\n"), "fail");
    row("word in a comment", imageJob("      - run: |\n          # golangci-lint run\n          go build ./...\n"), "fail");
    row("word in a heredoc", imageJob("      - run: |\n          cat <<'EOF' > x\n          golangci-lint run\n          EOF\n"), "fail");
    row("continued line", imageJob("      - run: |\n          golangci-lint \\\n            run --timeout 5m\n"), "pass");
    row("a command of another shell", imageJob("      - run: print('golangci-lint run')\n        shell: python\n"), "unknown");
    row("two pushes, one unguarded", imageJob(lintStep) + QByteArray(imageJob({})).replace("  image:", "  second:"), "pass warn");
    row("remote reusable workflow", "  quality:\n    uses: acme/ci/.github/workflows/lint.yml@v1\n" + imageJob({}, "    needs: quality\n"), "unknown");
    row("needs a job that is not there", imageJob({}, "    needs: lint\n"), "unknown");
    row("cycle of needs", "  a:\n    needs: b\n    steps:\n" + lintStep + "  b:\n    needs: a\n    steps:\n" + lintStep + imageJob(lintStep), "pass");
}

void TestPipelines::lint()
{
    QFETCH(QByteArray, jobs);
    QFETCH(QString, verdict);
    check(workflow(jobs), "pipeline-lint", verdict);
}

void TestPipelines::tests_data()
{
    QTest::addColumn<QByteArray>("jobs");
    QTest::addColumn<QString>("verdict");
    const auto run = [](const char *command) { return imageJob(QByteArray("      - run: ") + command + "\n"); };
    row("gradlew test", run("./gradlew test"), "pass");
    row("gradlew build", run("./gradlew clean build"), "pass");
    row("gradlew build -x test", run("./gradlew build -x test"), "fail");
    row("gradlew of a module", run("./gradlew :app:test --info"), "pass");
    row("mvn verify", run("mvn -B verify"), "pass");
    row("mvn package -DskipTests", run("mvn -B package -DskipTests"), "fail");
    row("mvn -DskipTests=false", run("mvn -B package -DskipTests=false"), "pass");
    row("go test", run("go test -race ./..."), "pass");
    row("go build", run("go build ./..."), "fail");
    row("pytest through poetry", run("poetry run pytest -q"), "pass");
    row("python -m pytest", run("python -m pytest"), "pass");
    row("npx vitest", run("npx --yes vitest run"), "pass");
    row("cargo nextest", run("cargo nextest run"), "pass");
    row("cargo test --no-run", run("cargo test --no-run"), "fail");
    row("npm test by its name", run("npm test"), "pass");
    row("npm ci", run("npm ci"), "fail");
    row("make test by its name", run("make test"), "pass");
    row("docker compose run", run("docker compose run --rm app go test ./..."), "pass");
    row("docker run", run("docker run --rm -v $PWD:/src -w /src golang:1.23 go test ./..."), "pass");
    row("sh -c", run("sh -c 'cd app && go test ./...'"), "pass");
    row("function", imageJob("      - run: |\n          check() {\n            go test ./...\n          }\n          check\n"), "pass");
    row("function that is not called", imageJob("      - run: |\n          check() {\n            go test ./...\n          }\n"), "fail");
    row("for over words", imageJob("      - run: |\n          for t in vet test; do\n            go $t ./...\n          done\n"), "pass");
    row("in the background", imageJob("      - run: |\n          go test ./... &\n          go build ./...\n"), "warn");
    row("lint is no test", run("golangci-lint run"), "fail");
    row("&& in one line", run("go test ./... && go build ./..."), "pass");
    row("&& that does not end the script", imageJob("      - run: |\n          go test ./... && echo ok\n          echo next\n"), "warn");
}

void TestPipelines::tests()
{
    QFETCH(QByteArray, jobs);
    QFETCH(QString, verdict);
    check(workflow(jobs), "pipeline-tests", verdict);
}

void TestPipelines::followed_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("verdict");
    const auto file = [](const char *name, const char *steps, const Files &files, const char *verdict) {
        QTest::newRow(name) << QByteArray(steps) << files << QString::fromLatin1(verdict);
    };
    const QString make = u"Makefile"_s, package = u"package.json"_s;
    file("make target", "      - run: make lint\n", {{make, "lint:\n\tgolangci-lint run\n"}}, "pass");
    file("make target with prerequisite", "      - run: make check\n", {{make, ".PHONY: check lint\ncheck: lint\nlint:\n\t@golangci-lint run ./...\n"}}, "pass");
    file("make -", "      - run: make lint\n", {{make, "lint:\n\t-golangci-lint run\n"}}, "warn");
    file("make || true", "      - run: make lint\n", {{make, "lint:\n\tgolangci-lint run || true\n"}}, "warn");
    file("make ; loses the status", "      - run: make lint\n", {{make, "lint:\n\tgolangci-lint run; echo done\n"}}, "warn");
    file("make variable", "      - run: make lint\n", {{make, "LINTER ?= golangci-lint\nlint:\n\t$(LINTER) run\n"}}, "pass");
    file("make target that does nothing", "      - run: make lint\n", {{make, "lint:\n\t@echo nothing to do\n"}}, "fail");
    file("make target that is not there", "      - run: make lint\n", {{make, "all:\n\tgo build\n"}}, "unknown");
    file("make -C", "      - run: make -C app lint\n", {{u"app/Makefile"_s, "lint:\n\tgolangci-lint run\n"}}, "pass");
    file("make of the step's folder", "      - run: make lint\n        working-directory: app\n", {{u"app/Makefile"_s, "lint:\n\tgolangci-lint run\n"}}, "pass");
    file("npm script", "      - run: npm run lint\n", {{package, R"({"scripts": {"lint": "eslint ."}})"}}, "pass");
    file("npm script that lints nothing", "      - run: npm run lint\n", {{package, R"({"scripts": {"lint": "echo later"}})"}}, "fail");
    file("npm script by another name", "      - run: npm run ci\n", {{package, R"({"scripts": {"ci": "npm run a && npm run b", "a": "tsc --noEmit", "b": "jest"}})"}}, "pass");
    file("npm script that is not there", "      - run: npm run lint\n", {{package, R"({"scripts": {}})"}}, "unknown");
    file("npm script that calls itself", "      - run: npm run lint\n", {{package, R"({"scripts": {"lint": "npm run lint"}})"}}, "unknown");
    file("npm script that runs what cannot be seen", "      - run: npm run lint\n", {{package, R"({"scripts": {"lint": "node lint.js"}})"}}, "unknown");
    file("script with set -e", "      - run: ./ci/check.sh\n", {{u"ci/check.sh"_s, "#!/bin/bash\nset -euo pipefail\ngolangci-lint run\ngo build ./...\n"}}, "pass");
    file("script without set -e", "      - run: ./ci/check.sh\n", {{u"ci/check.sh"_s, "#!/bin/bash\ngolangci-lint run\ngo build ./...\n"}}, "warn");
    file("script with -e in its first line", "      - run: ci/check.sh\n", {{u"ci/check.sh"_s, "#!/bin/sh -e\ngolangci-lint run\ngo build ./...\n"}}, "pass");
    file("bash script passes the first line over", "      - run: bash ci/check.sh\n", {{u"ci/check.sh"_s, "#!/bin/sh -e\ngolangci-lint run\ngo build ./...\n"}}, "warn");
    file("sourced script", "      - run: |\n          . ci/check.sh\n          check\n", {{u"ci/check.sh"_s, "golangci-lint run\n"}}, "pass");
    file("script that is not there", "      - run: ./ci/check.sh\n", {}, "unknown");
    file("script that leads out", "      - run: ../check.sh\n", {}, "unknown");
    file("script in another language", "      - run: ./ci/check\n", {{u"ci/check"_s, "#!/usr/bin/env python3\nprint(1)\n"}}, "unknown");
    file("scripts that call each other", "      - run: ./a.sh\n", {{u"a.sh"_s, "./b.sh\n"}, {u"b.sh"_s, "./a.sh\n"}}, "unknown");
    const QByteArray composite = "runs:\n  using: composite\n  steps:\n    - run: ${{ inputs.linter }} run\n      shell: bash\n";
    const QString action = u".github/actions/check/action.yml"_s;
    file("composite action", "      - uses: ./.github/actions/check\n        with: {linter: golangci-lint}\n", {{action, composite}}, "pass");
    file("composite action, default", "      - uses: ./.github/actions/check\n",
         {{action, "inputs: {linter: {default: golangci-lint}}\n" + composite}}, "pass");
    file("composite action, ignored by its user", "      - uses: ./.github/actions/check\n        continue-on-error: true\n        with: {linter: golangci-lint}\n", {{action, composite}}, "warn");
    file("composite action that is not there", "      - uses: ./.github/actions/check\n", {}, "unknown");
    file("action in JavaScript", "      - uses: ./.github/actions/check\n", {{action, "runs: {using: node20, main: index.js}\n"}}, "unknown");
    file("composite action that uses itself", "      - uses: ./.github/actions/check\n", {{action, "runs:\n  using: composite\n  steps:\n    - uses: ./.github/actions/check\n"}}, "unknown");
}

void TestPipelines::followed()
{
    QFETCH(QByteArray, steps);
    QFETCH(Files, files);
    QFETCH(QString, verdict);
    check(workflow(imageJob(steps), files), "pipeline-lint", verdict);
}

void TestPipelines::image_data()
{
    QTest::addColumn<QByteArray>("jobs");
    QTest::addColumn<QString>("verdict");
    const auto run = [](const char *command) { return QByteArray("  image:\n    steps:\n      - run: ") + command + "\n"; };
    const auto action = [](const char *with) { return QByteArray("  image:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: {") + with + "}\n"; };
    row("push: true", action("push: true"), "pass");
    row("tags alone do not push", action("tags: a"), "fail");
    row("push: false", action("push: false"), "fail");
    row("outputs type=registry", action("outputs: 'type=registry,name=a'"), "pass");
    row("push on all but pull requests", action("push: \"${{ github.event_name != 'pull_request' }}\""), "pass");
    row("push only on pull requests", action("push: \"${{ github.event_name == 'pull_request' }}\""), "fail");
    row("push as nobody knows", action("push: '${{ vars.PUSH }}'"), "unknown");
    row("bake", "  image:\n    steps:\n      - uses: docker/bake-action@v6\n        with: {push: true}\n", "pass");
    row("bake without push", "  image:\n    steps:\n      - uses: docker/bake-action@v6\n", "fail");
    row("docker build and push", "  image:\n    steps:\n      - run: |\n          docker build -t a .\n          docker push a\n", "pass");
    row("buildx --push", run("docker buildx build --push -t a ."), "pass");
    row("buildx without --push", run("docker buildx build -t a ."), "fail");
    row("kaniko", run("/kaniko/executor --context . --destination r/a"), "pass");
    row("kaniko --no-push", run("/kaniko/executor --context . --no-push --destination r/a"), "fail");
    row("ko", run("ko build ./cmd/app"), "pass");
    row("ko --push=false", run("ko build --push=false ./cmd/app"), "fail");
    row("jib", run("./gradlew jib"), "pass");
    row("jibDockerBuild", run("./gradlew jibDockerBuild"), "fail");
    row("pack --publish", run("pack build r/a --publish"), "pass");
    row("buildah", "  image:\n    steps:\n      - run: buildah bud -t a . && buildah push a\n", "pass");
    row("push without a build", run("docker push a"), "unknown");
    row("login alone", "  image:\n    steps:\n      - uses: docker/login-action@v3\n      - uses: aws-actions/amazon-ecr-login@v2\n", "fail");
    row("if: false", "  image:\n    if: false\n    steps:\n      - run: docker build --push .\n", "fail");
    row("needs a job that is not there: GitHub runs nothing", "  image:\n    needs: [gone]\n    steps:\n      - run: docker build --push .\n", "unknown");
    row("remote workflow", "  image:\n    uses: acme/ci/.github/workflows/image.yml@main\n", "unknown");
    row("remote action", "  image:\n    steps:\n      - uses: acme/push@v1\n", "unknown");
}

void TestPipelines::image()
{
    QFETCH(QByteArray, jobs);
    QFETCH(QString, verdict);
    check(workflow(jobs), "image-pipeline", verdict);
}

void TestPipelines::scan_data()
{
    QTest::addColumn<QByteArray>("jobs");
    QTest::addColumn<QString>("verdict");
    const auto trivy = [](const char *with) { return imageJob(QByteArray("      - uses: aquasecurity/trivy-action@0.28.0\n        with: {") + with + "}\n"); };
    row("trivy-action never fails by default", trivy("image-ref: a"), "warn");
    row("trivy-action with exit-code", trivy("image-ref: a, exit-code: '1'"), "pass");
    row("trivy-action with exit-code 0", trivy("image-ref: a, exit-code: '0'"), "warn");
    row("trivy-action of files is no image scan", trivy("scan-type: fs, exit-code: '1'"), "fail");
    row("trivy-action by environment", imageJob("      - uses: aquasecurity/trivy-action@0.28.0\n        with: {image-ref: a}\n        env: {TRIVY_EXIT_CODE: '1'}\n"), "pass");
    const auto run = [](const char *command) { return imageJob(QByteArray("      - run: ") + command + "\n"); };
    row("trivy image", run("trivy image a"), "warn");
    row("trivy image --exit-code 1", run("trivy image --exit-code 1 --severity HIGH a"), "pass");
    row("trivy image --exit-code=1", run("trivy image --exit-code=1 a"), "pass");
    row("trivy in a container", run("docker run --rm aquasec/trivy:0.57 image --exit-code 1 a"), "pass");
    row("trivy fs", run("trivy fs --exit-code 1 ."), "fail");
    row("grype", run("grype a"), "warn");
    row("grype --fail-on", run("grype a --fail-on high"), "pass");
    row("snyk container", run("snyk container test a"), "pass");
    row("snyk container monitor", run("snyk container monitor a"), "warn");
    row("snyk test is of packages", run("snyk test"), "fail");
    row("anchore", imageJob("      - uses: anchore/scan-action@v6\n        with: {image: a}\n"), "pass");
    row("anchore fail-build: false", imageJob("      - uses: anchore/scan-action@v6\n        with: {image: a, fail-build: false}\n"), "warn");
    row("docker scout", imageJob("      - uses: docker/scout-action@v1\n        with: {command: cves, exit-code: true}\n"), "pass");
    row("docker scout by default", imageJob("      - uses: docker/scout-action@v1\n        with: {command: cves}\n"), "warn");
    row("dockle-action fails by default", imageJob("      - uses: goodwithtech/dockle-action@main\n"), "pass");
    row("hadolint is no scan", imageJob("      - uses: hadolint/hadolint-action@v3\n"), "fail");
    row("continue-on-error", imageJob("      - run: trivy image --exit-code 1 a\n        continue-on-error: true\n"), "warn");
    const QByteArray after = imageJob({}) + "  scan:\n    needs: image\n    steps:\n      - run: trivy image --exit-code 1 a\n";
    row("after the push", after, "pass");
    row("after the push, the delivery waits", after + "  deploy:\n    needs: scan\n    environment: production\n    steps:\n      - run: kubectl apply -f x\n", "pass");
    row("after the push, the delivery does not wait", after + "  deploy:\n    needs: image\n    environment: production\n    steps:\n      - run: kubectl apply -f x\n", "warn");
    row("none", imageJob({}), "fail");
    row("remote action", imageJob("      - uses: acme/scan@v1\n"), "unknown");
}

void TestPipelines::scan()
{
    QFETCH(QByteArray, jobs);
    QFETCH(QString, verdict);
    check(workflow(jobs), "image-scan", verdict);
}

void TestPipelines::ecr()
{
    const QByteArray template1 = "Resources:\n  Images:\n    Type: AWS::ECR::Repository\n    Properties:\n      ImageScanningConfiguration: {ScanOnPush: true}\n";
    Evidence e = workflow(imageJob({}));
    e.cloudFormation = std::make_shared<const CloudFormation>(readCloudFormation({YamlFile::parse(template1, u"infra/ecr.yaml"_s)}));
    check(e, "image-scan", u"warn"_s);
    QCOMPARE(judge(e, u"image-scan"_s).front().file, u"infra/ecr.yaml"_s);
    const QByteArray off = QByteArray(template1).replace("true", "false");
    e.cloudFormation = std::make_shared<const CloudFormation>(readCloudFormation({YamlFile::parse(off, u"infra/ecr.yaml"_s)}));
    check(e, "image-scan", u"fail"_s);
}

void TestPipelines::notify_data()
{
    QTest::addColumn<QByteArray>("jobs");
    QTest::addColumn<QString>("verdict");
    const auto slack = [](const char *condition) {
        return imageJob({}) + "      - uses: slackapi/slack-github-action@v2\n" + (*condition ? QByteArray("        if: ") + condition + "\n" : QByteArray());
    };
    row("if: always()", slack("always()"), "pass");
    row("if: failure()", slack("failure()"), "pass");
    row("if: ${{ !cancelled() }}", slack("${{ !cancelled() }}"), "pass");
    row("success only", slack(""), "warn");
    row("if: success()", slack("success()"), "warn");
    row("always() on another branch", slack("always() && github.ref == 'refs/heads/develop'"), "warn");
    row("always() with an unknown", slack("always() && vars.SLACK == 'on'"), "unknown");
    const QByteArray step = "    steps:\n      - run: 'curl -X POST -d x https://hooks.slack.com/services/T/B/x'\n";
    row("job that needs it", imageJob({}) + "  tell:\n    needs: image\n    if: always()\n" + step, "pass");
    row("job that does not wait", imageJob({}) + "  tell:\n    if: always()\n" + step, "warn");
    row("job on success only", imageJob({}) + "  tell:\n    needs: image\n" + step, "warn");
    row("start only", imageJob("      - uses: rtCamp/action-slack-notify@v2\n"), "warn");
    row("curl with a variable", imageJob({}) + "      - if: always()\n        run: curl -d x \"$SLACK_WEBHOOK_URL\"\n", "pass");
    row("curl elsewhere", imageJob({}) + "      - if: always()\n        run: curl -d x https://example.com/\n", "fail");
    row("none", imageJob({}), "fail");
    row("remote action", imageJob({}) + "      - uses: acme/tell@v1\n        if: always()\n", "unknown");
}

void TestPipelines::notify()
{
    QFETCH(QByteArray, jobs);
    QFETCH(QString, verdict);
    check(workflow(jobs), "pipeline-notify", verdict);
}

void TestPipelines::others_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("verdict");
    const auto add = [](const char *name, const Files &files, const char *rule, const char *verdict) {
        QTest::newRow(name) << files << QString::fromLatin1(rule) << QString::fromLatin1(verdict);
    };
    const QString ci = u".github/workflows/ci.yml"_s, push = u".github/workflows/push.yml"_s;
    const QByteArray lintFile = "name: ci\non: pull_request\njobs:\n  lint:\n    steps:\n" + lintStep;
    const QByteArray pushJobs = "jobs:\n" + imageJob({});
    add("lint in another workflow", {{ci, lintFile}, {push, "on: push\n" + pushJobs}}, "pipeline-lint", "warn");
    const QByteArray after = "on: {workflow_run: {workflows: [ci], types: [completed]}}\n";
    add("workflow_run fires after failures too", {{ci, lintFile}, {push, after + pushJobs}}, "pipeline-lint", "warn");
    add("workflow_run that tests the conclusion",
        {{ci, lintFile}, {push, after + "jobs:\n" + imageJob({}, "    if: github.event.workflow_run.conclusion == 'success'\n")}}, "pipeline-lint", "pass");
    const QByteArray callee = "on: {workflow_call: {inputs: {push: {type: boolean, default: false}}}}\njobs:\n  image:\n    steps:\n" + lintStep
        + "      - uses: docker/build-push-action@v6\n        with: {push: '${{ inputs.push }}'}\n";
    const QString shared = u".github/workflows/image.yml"_s;
    const auto caller = [](const char *with) { return QByteArray("on: push\njobs:\n  call:\n    uses: ./.github/workflows/image.yml\n") + with; };
    add("reusable workflow with its input", {{shared, callee}, {push, caller("    with: {push: true}\n")}}, "image-pipeline", "pass");
    add("reusable workflow with its default", {{shared, callee}, {push, caller("")}}, "image-pipeline", "fail");
    add("lint inside a reusable workflow", {{shared, callee}, {push, caller("    with: {push: true}\n")}}, "pipeline-lint", "pass");
    add("the caller waits for lint",
        {{shared, "on: workflow_call\njobs:\n  lint:\n    steps:\n" + lintStep}, {push, "on: push\njobs:\n  quality:\n    uses: ./.github/workflows/image.yml\n" + imageJob({}, "    needs: quality\n")}},
        "pipeline-lint", "pass");
    add("reusable workflow that calls itself", {{shared, "on: workflow_call\njobs:\n  a:\n    uses: ./.github/workflows/image.yml\n"}, {push, caller("")}}, "image-pipeline", "unknown");
    add("broken file", {{push, "on: push\njobs: {image: [\n"}}, "image-pipeline", "unknown");
    add("broken file beside a good one: lint may be there", {{ci, "jobs: {a: [\n"}, {push, "on: push\njobs:\n" + imageJob(lintStep)}}, "pipeline-lint", "pass unknown");
    add("notifying workflow", {{push, "name: release\non: push\n" + pushJobs},
        {ci, "on: {workflow_run: {workflows: [release], types: [completed]}}\njobs:\n  tell:\n    steps:\n      - uses: 8398a7/action-slack@v3\n"}}, "pipeline-notify", "pass");
    add("true instead of on", {{push, "true: push\n" + pushJobs}}, "image-pipeline", "pass");
    add("no pipelines", {}, "image-pipeline", "unknown");
}

void TestPipelines::others()
{
    QFETCH(Files, files);
    QFETCH(QString, rule);
    QFETCH(QString, verdict);
    check(evidenceOf(files), rule.toLatin1().constData(), verdict);
}

void TestPipelines::places()
{
    const Evidence e = workflow("  lint:\n    steps:\n      - run: |\n          echo a\n          golangci-lint run\n" + imageJob({}, "    needs: [lint]\n"));
    const Finding f = judge(e, u"pipeline-lint"_s).front();
    QCOMPARE(f.span, (Span{8, 11, 8, 28}));
    QCOMPARE(f.file, u".github/workflows/release.yml"_s);
    QCOMPARE(f.marks.size(), size_t(2));
    QCOMPARE(f.marks[0].span.line, 11); // needs
    QCOMPARE(f.marks[1].span.line, 13); // the push
    QCOMPARE(f.measured.en, u"golangci-lint run"_s);

    const Evidence made = workflow(imageJob("      - run: make lint\n"), {{u"Makefile"_s, "lint:\n\t@golangci-lint \\\n\t  run\n"}});
    const Finding inMake = judge(made, u"pipeline-lint"_s).front();
    QCOMPARE(inMake.file, u"Makefile"_s);
    QCOMPARE(inMake.span.line, 2);
    QCOMPARE(inMake.span.endLine, 3);

    const Evidence scanned = workflow(imageJob("      - uses: aquasecurity/trivy-action@0.28.0\n        with:\n          image-ref: a\n          exit-code: '0'\n"));
    QCOMPARE(judge(scanned, u"image-scan"_s).front().span.line, 10);
    QVERIFY(!judge(scanned, u"image-scan"_s).front().snippet.isEmpty());
}

void TestPipelines::nothing()
{
    for (const char *rule : {"image-pipeline", "pipeline-lint", "pipeline-tests", "image-scan", "pipeline-notify"}) {
        QCOMPARE(verdictOf(Evidence(), QString::fromLatin1(rule)), u"unknown"_s);
        check(evidenceOf({{u".github/workflows/empty.yml"_s, "on: push\njobs:\n"}}), rule, u"unknown"_s);
    }
}

/// A repository of many images: every check against every push, on every occasion.
void TestPipelines::large()
{
    QByteArray jobs;
    for (int i = 0; i < 40; ++i) {
        const QByteArray n = QByteArray::number(i);
        jobs += "  lint" + n + ":\n    steps:\n" + lintStep + "  image" + n + ":\n    needs: [lint" + n + "]\n    steps:\n      - run: docker build --push -t a" + n + " .\n";
    }
    const Evidence e = workflow(jobs, {}, "on: {push: {branches: [main, develop], tags: ['v*']}, pull_request: {}, workflow_dispatch: {}}");
    QElapsedTimer timer;
    timer.start();
    const auto findings = judge(e, u"pipeline-lint"_s);
    QCOMPARE(findings.size(), size_t(40));
    QVERIFY(std::ranges::all_of(findings, [](const Finding &f) { return f.verdict == Verdict::Pass; }));
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_APPLESS_MAIN(TestPipelines)
#include "tst_pipelines.moc"

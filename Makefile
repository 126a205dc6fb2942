.DEFAULT_GOAL := help
.PHONY: help build test bench quickstart unit format lint openapi console docker clean

help: ## list these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-12s %s\n", $$1, $$2}'
build: ## the three jars, without tests
	mvn -B -ntp -DskipTests package
test: ## every test there is, with totals
	scripts/test.sh
bench: ## measure the server beside its targets
	scripts/bench.sh
quickstart: ## a whole system until Ctrl-C
	scripts/quickstart.sh
unit: ## the unit tests of Java and console
	mvn -B -ntp test
format: ## write all code in its one form
	mvn -B -ntp spotless:apply && npm --prefix frontend run format
lint: ## check the forms, the console and the scripts
	mvn -B -ntp spotless:check && npm --prefix frontend run lint && shellcheck -x scripts/*.sh scripts/minitower-launcher .ci/run
openapi: ## write docs/openapi.json and the console's types anew
	mvn -B -ntp -pl minitowerd -am test -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.write=true && npm --prefix frontend run api
console: ## the console with hot reload, against MINITOWER_SERVER_URL
	npm --prefix frontend run dev
docker: ## both images
	docker build --target minitowerd --tag minitowerd . && docker build --target minitower-runner --tag minitower-runner .
clean: ## remove what builds made; .quickstart stays
	mvn -B -ntp clean

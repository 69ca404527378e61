# Two commands on a fresh machine: `make site`, `make test`. Needs Python 3.11+, git and make.
# Works with GNU make 3.81 (macOS). On Windows without make see CONTRIBUTING.md.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve test check bench lighthouse lock clean FORCE

# The second run need not compile what the first has compiled.
unexport PYTHONDONTWRITEBYTECODE

SHELL := /bin/sh
VENV  := .venv
PY    := $(VENV)/bin/python
PIP   := $(PY) -m pip --quiet --quiet --disable-pip-version-check --no-input
GS    := $(VENV)/bin/guongsang
PORT  ?= 8000
# make test ARGS="-k feeds"
ARGS  ?=
# make test LONG=1
LONG  ?=

# The first Python that is new enough and can make an environment; else the
# first that runs at all, so that the message below can say what is missing.
# PYTHON=/path/to/python chooses another.
PYTHON ?= $(shell \
  for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
    $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
    $$p -c 'import ensurepip, venv' 2>/dev/null && { echo $$p; exit; }; \
  done; \
  for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
    $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; exit; }; \
  done; \
  for p in python3 python; do $$p -c '' 2>/dev/null && { echo $$p; exit; }; done; \
  echo python3)

# Stamps are written last: an environment whose making was interrupted has none
# and is made again from nothing.
BASE := $(VENV)/.stamp-base
SITE := $(VENV)/.stamp-site
DEV  := $(VENV)/.stamp-dev

# An environment does not survive a moved folder or a removed Python.
ifneq ($(wildcard $(BASE)),)
  ifneq ($(shell $(PY) -c '' 2>/dev/null && cat $(BASE)),$(CURDIR))
    $(BASE): FORCE
  endif
endif

help: ## In bảng này | Print this table
	@if [ -t 1 ] && [ -z "$$NO_COLOR" ]; then b=$$(printf '\033[1m'); n=$$(printf '\033[0m'); fi; \
	printf '%s\n\n' "$${b}Gương Sáng$$n: make <…>"; \
	sed -n 's/^\([a-z]*\):[^#]*## \(.*\) | \(.*\)$$/\1:\2:\3/p' $(MAKEFILE_LIST) | \
	while IFS=: read -r t vi en; do printf '  %s%-10s%s %s\n             %s\n' "$$b" "$$t" "$$n" "$$vi" "$$en"; done; \
	printf '\n%s\n' "Máy mới / On a fresh machine:  make site   rồi/then   make test"

site: $(SITE) ## Dựng trang vào thư mục site/ | Build the website into site/
	@$(GS) build
	@echo "Xong: site/. Xem thử: make serve · Done. To look at it: make serve"

serve: $(SITE) ## Xem thử trên máy này, tự dựng lại khi sửa (PORT=8000) | Preview here, rebuilt on every change (PORT=8000)
	@$(GS) serve --port $(PORT)

# A third of the time tests wait, for servers, clocks and a browser: meanwhile others may run.
test: $(DEV) ## Chạy phép thử (LONG=1: cả những phép lâu) | Run the tests (LONG=1 with the long ones, ARGS="-k name" for some)
	@cores=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1); \
	export PYTEST_XDIST_AUTO_NUM_WORKERS=$${PYTEST_XDIST_AUTO_NUM_WORKERS:-$$((2 * cores))}; \
	$(PY) -m pytest $(if $(LONG),,-m "not long") $(ARGS)

check: $(DEV) ## Kiểm tra mã nguồn và mọi bài viết | Check the code and all stories
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy --strict
	@$(VENV)/bin/lint-imports --no-logo
	@$(GS) check

# In a temporary folder; ARGS="--search 10000", "--photos 2000", "--desk 10000", "--deploy 10000",
# "--paper 30" or "--pages" for those tables; --write puts a table into the guide.
bench: $(DEV) ## Đo tốc độ với bài sinh ra (ARGS="--stories 10000 --peers all") | Measure speed on generated stories (ARGS="--stories 10000 --peers all")
	@$(PY) -m tests.bench $(ARGS)

lighthouse: $(DEV) ## Hỏi Lighthouse về trang đã dựng (cần Node và Chromium) | Ask Lighthouse about the built site (needs Node and Chromium)
	@$(PY) -m tests.bench.lighthouse site $(ARGS)

# Versions stay as they are unless pyproject.toml asks otherwise; UPGRADE=1 takes the newest.
UV_LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
  $(if $(UPGRADE),--upgrade)
# What a newsroom of its own installs: of the same versions, without what builds and tests us.
SEED := scripts/guongsang/desk/seed
UV_SEED := $(UV_LOCK) --no-header --no-annotate

lock: $(DEV) ## Ghi lại phiên bản các thư viện (UPGRADE=1 để nâng) | Write the lock files again (UPGRADE=1 for newest versions)
	@$(UV_LOCK) --group build --output-file requirements.lock pyproject.toml >/dev/null
	@$(UV_LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml >/dev/null
	@$(UV_SEED) --constraint requirements.lock --output-file $(SEED)/requirements.lock pyproject.toml >/dev/null
	@$(UV_SEED) --extra cluster --constraint requirements-dev.lock --output-file $(SEED)/requirements-cluster.lock pyproject.toml >/dev/null
	@$(UV_SEED) --extra deploy --constraint requirements-dev.lock --output-file $(SEED)/requirements-deploy.lock pyproject.toml >/dev/null
	@$(UV_SEED) --extra paper --constraint requirements-dev.lock --output-file $(SEED)/requirements-paper.lock pyproject.toml >/dev/null
	@$(UV_SEED) --extra office --constraint requirements-dev.lock --output-file $(SEED)/requirements-office.lock pyproject.toml >/dev/null
	@if grep -nE '://|^ *--?(i|f|index-url|extra-index-url|find-links)[ =]' requirements.lock requirements-dev.lock $(SEED)/*.lock; then \
	  echo "Tệp khoá không được chứa địa chỉ · A lock file must not name an address" >&2; exit 1; fi
	@echo "Đã ghi / Written: requirements.lock requirements-dev.lock $(SEED)/*.lock"

# site/ may be a working tree of a publishing branch: then it is not ours to delete.
clean: ## Xoá những gì make làm lại được (giữ bài viết) | Delete what make can make again (stories stay)
	@if [ -e site/.git ]; then echo "Giữ site/ (có .git) · Keeping site/ (it has a .git)"; else rm -rf site; fi
	@rm -rf $(VENV) .cache dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find scripts tests -type d -name __pycache__ -prune -exec rm -rf {} +

$(BASE): requirements.lock
	@py='$(PYTHON)'; \
	"$$py" -c '' 2>/dev/null || { \
	  echo "Cần Python 3.11 trở lên, không tìm thấy ($$py) · Python 3.11 or newer is needed, none found ($$py)" >&2; exit 1; }; \
	"$$py" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Cần Python 3.11 trở lên; $$("$$py" -V 2>&1) quá cũ · Python 3.11 or newer is needed; $$("$$py" -V 2>&1) is too old" >&2; exit 1; }; \
	"$$py" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Thiếu gói python3-venv · Package python3-venv is missing:  sudo apt install python3-venv" >&2; exit 1; }; \
	echo "Chuẩn bị $(VENV) bằng $$("$$py" -V), chỉ lần đầu · Preparing $(VENV), first time only …"; \
	rm -rf $(VENV) && "$$py" -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@printf '%s\n' '$(CURDIR)' > $@

# Editable: what is edited in scripts/ is what runs. Again after pyproject.toml changes (entry points).
$(SITE): $(BASE) pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# The other stamps are set aside meanwhile, so that an interruption here too starts afresh.
$(DEV): $(BASE) requirements-dev.lock | $(SITE)
	@echo "Thêm công cụ kiểm thử · Adding the test tools …"
	@mv -f $(BASE) $(VENV)/where
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@mv -f $(VENV)/where $(BASE)
	@touch $(BASE) && touch $(SITE) && touch $@

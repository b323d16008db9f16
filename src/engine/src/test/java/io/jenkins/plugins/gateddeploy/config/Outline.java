package io.jenkins.plugins.gateddeploy.config;

/** A deploy.toml with everything that the format knows. */
final class Outline {
    static final String TEXT = """
            app = "storefront"
            recipe = "laravel"

            [source]
            repository = "https://git.example.org/storefront.git"
            credentials = "git-read-only"
            mode = "push"

            [release]
            path   = "/srv/storefront"
            keep   = 10
            shared = ["storage/", ".env"]

            [variables]
            APP_ENV = "production"
            STRIPE_KEY = { secret = "stripe-live" }

            [tasks]
            install     = "composer install --no-dev"
            migrate     = { run = "php artisan migrate --force", once = true, undo = "php artisan migrate:rollback --force" }
            clear_cache = { run = "php artisan cache:clear", at = "switched" }
            restart     = { run = "systemctl reload php8.2-fpm", at = "switched" }
            queue       = { run = "php artisan queue:restart", at = "switched", on = ["worker"], after = "restart" }

            [health]
            http = "http://{target}:8080/health"
            from = "host"
            timeout = "30s"

            [environments.staging]
            targets = ["deploy@staging-1"]
            credentials = "staging-ssh"
            branch = "develop"

            [environments.production]
            targets = ["deploy@web-1:2222", { host = "deploy@job-1", roles = ["worker"] }]
            credentials = "production-ssh"
            strategy = { kind = "rolling", batch = "50%" }
            approval = { approvers = ["@release-managers", "alice"], required = 2, timeout = "4h", author_may_approve = false, auto = ["build-success", "tests-pass"] }
            requires = { credentials = ["stripe-live"], variables = ["DATABASE_URL"] }
            config   = { file = "shopify.app.toml", expect = { client_id = "abc123", "auth.redirect_urls" = ["https://shop.example.org/auth"] } }
            schema   = { file = "model.json" }
            """;

    private Outline() {}
}

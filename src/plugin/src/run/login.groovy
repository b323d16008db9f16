// Runs at the start of the Jenkins that src/plugin/run starts: whoever approves has to be somebody, so there is a login.
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy
import hudson.security.HudsonPrivateSecurityRealm
import hudson.security.SecurityRealm
import jenkins.model.Jenkins

def jenkins = Jenkins.get()
if (jenkins.securityRealm == SecurityRealm.NO_AUTHENTICATION) {
    def realm = new HudsonPrivateSecurityRealm(false, false, null)
    realm.createAccount('admin', new File(jenkins.rootDir, 'secrets/initialAdminPassword').text.trim())
    jenkins.securityRealm = realm
    def rights = new FullControlOnceLoggedInAuthorizationStrategy()
    rights.allowAnonymousRead = false
    jenkins.authorizationStrategy = rights
    jenkins.save()
}
